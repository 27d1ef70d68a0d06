import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { startApp, type AppPlace, type RunningApp } from '../support/running-app.ts';
import { WebClient } from '../support/web-client.ts';

type Environment = Parameters<typeof startApp>[0];

/** One application for all tests of a file; asked for inside a test. */
export function theApp(environment?: Environment): () => RunningApp {
  let app: RunningApp | undefined;
  beforeAll(async () => {
    app = await startApp(environment);
  });
  afterAll(() => app?.stop());
  return () => {
    if (!app) throw new Error('the application runs only during tests');
    return app;
  };
}

/** An application that ends with the test at hand. */
export async function appOfTest(environment?: Environment, place?: AppPlace): Promise<RunningApp> {
  const app = await startApp(environment, place);
  onTestFinished(() => app.stop());
  return app;
}

/** A new browser at the application. */
export const browserAt = ({ origin }: Pick<RunningApp, 'origin'>) => new WebClient(origin);
