import type { Page } from 'playwright/test';
import {
  startLocalProvider,
  type LocalProvider,
} from '../../dev/local-provider/start-local-provider.ts';
import { startCertifiedProvider } from '../support/certified-provider.ts';
import { freePort } from '../support/free-port.ts';
import { pointedAt } from '../support/pointed-at.ts';
import type { Stranger } from '../support/provider-trips.ts';
import { startApp } from '../support/running-app.ts';
import { expect, test as base } from './latchkey-test.ts';

/** The browser test of this house, at an app that has the local provider in all its roles and a certified one. */
export const test = base.extend<object, { local: LocalProvider }>({
  local: [
    async ({}, use) => {
      const local = await startLocalProvider();
      await use(local);
      await local.close();
    },
    { scope: 'worker' },
  ],
  app: [
    async ({ local }, use) => {
      const port = await freePort();
      const redirectUris = [`http://localhost:${port}/auth/corp/callback`];
      const loud = { info: console.info, warn: console.warn };
      // It says at length that it is set up for development, which it is.
      Object.assign(console, { info: () => undefined, warn: () => undefined });
      const certified = await startCertifiedProvider({ redirectUris });
      const app = await startApp(
        { ...pointedAt(local), ...certified.environment, OIDC_PROVIDERS: 'acme,corp' },
        { port },
      );
      await use(app);
      await app.stop();
      await certified.close();
      Object.assign(console, loud);
    },
    { scope: 'worker' },
  ],
});

/** At the local provider: says who one is, and goes on. */
export async function sayWho(page: Page, stranger: Stranger): Promise<void> {
  const { subject, handle, name, email } = stranger;
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Local provider');
  await page.getByText('Somebody else', { exact: true }).click();
  const typed = { Subject: subject, Handle: handle, Name: name, 'E-mail': email };
  for (const [label, text] of Object.entries(typed)) {
    await page.getByRole('textbox', { name: label, exact: true }).fill(text);
  }
  await page.getByLabel('The e-mail is verified').check();
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** Proves oneself at a provider, where one is asked to; ends on the page that asked. */
export async function proveAt(page: Page, label: string, stranger: Stranger): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Is it you?');
  await page.getByRole('button', { name: `Prove it with ${label}` }).click();
  await sayWho(page, stranger);
}

export { expect };
