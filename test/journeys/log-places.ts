import { insist } from '../support/insist.ts';
import { serverCommands } from '../support/server-process.ts';
import type { Answer } from '../support/web-client.ts';
import { serverOfTest } from './the-server.ts';

/** Where the log of several apps may be. */
export interface LogPlace {
  readonly name: string;
  /** What tells an app of it; a new log for every test. */
  readonly environment: () => Promise<Readonly<Record<string, string>>>;
  /** The answer that settles a contested wish: the first one here, or the one after every "try again". */
  readonly settled: (ask: () => Promise<Answer>) => Promise<Answer>;
}

/** In the directory that the apps share, where each append is one transaction; and on a server that they share. */
export const logPlaces: readonly LogPlace[] = [
  { name: 'the embedded log', environment: async () => ({}), settled: (ask) => ask() },
  ...serverCommands.map(([name, command]) => ({
    name: `EventStoreDB, ${name}`,
    environment: async () => ({ EVENTSTORE_URL: (await serverOfTest(command)).url }),
    settled: insist,
  })),
];
