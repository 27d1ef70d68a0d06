import { afterAll, beforeAll, onTestFinished } from 'vitest';
import {
  startLocalProvider,
  type LocalProvider,
} from '../../dev/local-provider/start-local-provider.ts';
import { pointedAt } from '../support/pointed-at.ts';
import { startApp, type RunningApp } from '../support/running-app.ts';
import { browserAt } from './the-app.ts';

type Environment = Readonly<Record<string, string | undefined>>;

interface Running {
  readonly local: LocalProvider;
  readonly app: RunningApp;
}

async function start(environment: Environment): Promise<Running> {
  const local = await startLocalProvider();
  return { local, app: await startApp({ ...pointedAt(local), ...environment }) };
}

async function end({ local, app }: Running): Promise<void> {
  await app.stop();
  await local.close();
}

/** One application and one local provider for all tests of a file; asked for inside a test. */
export function theProviders(environment: Environment = {}) {
  let running: Running | undefined;
  beforeAll(async () => {
    running = await start(environment);
  });
  afterAll(() => running && end(running));
  const both = () => {
    if (!running) throw new Error('they run only during tests');
    return running;
  };
  return {
    app: () => both().app,
    local: () => both().local,
    browser: () => browserAt(both().app),
  };
}

/** An application of its own with a local provider; both end with the test at hand. */
export async function providersOfTest(environment: Environment = {}): Promise<Running> {
  const running = await start(environment);
  onTestFinished(() => end(running));
  return running;
}
