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
      const certified = await startCertifiedProvider({ redirectUris });
      const app = await startApp(
        { ...pointedAt(local), ...certified.environment, OIDC_PROVIDERS: 'acme,corp' },
        { port },
      );
      await use(app);
      await app.stop();
      await certified.close();
    },
    { scope: 'worker' },
  ],
});

/** At the local provider: says who one is, and goes on. */
export async function sayWho(page: Page, stranger: Stranger): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Local provider');
  await page.getByText('Somebody else').click();
  await page.getByLabel('Subject').fill(stranger.subject);
  await page.getByLabel('Handle').fill(stranger.handle);
  await page.getByLabel('Name').fill(stranger.name);
  await page.getByLabel('E-mail', { exact: true }).fill(stranger.email);
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
