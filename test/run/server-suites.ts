import { importsOf, sourceFiles } from '../structure/source-tree.ts';

/** What offers the servers to run on: whoever imports one of these runs on a real server where one is named. */
const places = [
  'test/support/esdb-servers.ts',
  'test/support/server-process.ts',
  'test/support/test-logs.ts',
  'test/support/copy-logs.ts',
  'test/support/terminal.ts',
  'test/journeys/log-places.ts',
];

export interface ServerSuites {
  readonly unit: readonly string[];
  /** They drive the built app. */
  readonly journeys: readonly string[];
}

/** The very files of `npm test` that say something about a log on a server. */
export function serverSuites(): ServerSuites {
  const files = sourceFiles().filter((file) => /^test\/.*\.test\.ts$/.test(file) && isOne(file));
  const journeys = files.filter((file) => file.startsWith('test/journeys/'));
  return { unit: files.filter((file) => !journeys.includes(file)), journeys };
}

const isOne = (file: string): boolean =>
  importsOf(file).some(({ to, typeOnly }) => !typeOnly && places.includes(to));
