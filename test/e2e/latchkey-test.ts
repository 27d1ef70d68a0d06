import { expect, test as base, type BrowserContext, type ConsoleMessage } from 'playwright/test';
import { registered, signIn, type Person } from '../support/people.ts';
import { startApp, type RunningApp } from '../support/running-app.ts';
import { WebClient } from '../support/web-client.ts';

interface PerTest {
  /** Says beforehand which console error this test is about; any other fails it. */
  expectConsoleError: (text: RegExp) => void;
  /** Somebody with an account, in a browser of their own that `page` is not. */
  somebody: (about?: Partial<Person>) => Promise<Person>;
  /** Lets a browser be signed in as somebody, as if by the form. */
  enterAs: (person: Person, context?: BrowserContext) => Promise<void>;
}

interface PerWorker {
  /** One built application per worker, with a store of its own. */
  app: RunningApp;
}

/** The browser test of this house: `page` is at the running app, and a console error is a failure. */
export const test = base.extend<PerTest, PerWorker>({
  app: [
    async ({}, use) => {
      const app = await startApp();
      await use(app);
      await app.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ app }, use) => use(app.origin),
  expectConsoleError: [
    async ({ context }, use) => {
      const seen: string[] = [];
      const announced: RegExp[] = [];
      context.on('console', (message: ConsoleMessage) => {
        if (message.type() === 'error') seen.push(message.text());
      });
      context.on('weberror', (error) => seen.push(error.error().message));

      await use((text) => announced.push(text));
      const surprises = seen.filter((text) => !announced.some((pattern) => pattern.test(text)));
      expect(surprises, 'errors in the browser’s console').toEqual([]);
    },
    { auto: true },
  ],
  somebody: async ({ app }, use) =>
    use(async (about) => (await registered(new WebClient(app.origin), about)).person),
  enterAs: async ({ app, context: own }, use) =>
    use(async (person, context = own) => {
      const client = new WebClient(app.origin);
      await signIn(client, person);
      const cookies = [...client.jar].map(([name, value]) => ({ name, value, url: app.origin }));
      await context.addCookies(cookies);
    }),
});

export { expect };
