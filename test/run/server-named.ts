import { accessSync, constants } from 'node:fs';
import { openEsdbEventStore } from '../../eventstore/esdb-event-store.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment names, in words; or why it cannot be used. The address itself is never repeated: it may hold a password. */
export type Named =
  | { readonly ok: true; readonly words: readonly string[] }
  | { readonly ok: false; readonly why: string };

const unset =
  'EVENTSTORE_URL is not set: the suites run on the protocol peer alone. Name a server to run them on it as well (docs/eventstoredb.md).';
const noStart =
  'EVENTSTORE_START is not set: tests that kill, stop and restart the server run on the peer alone.';

/** Looks whether the server that `EVENTSTORE_URL` names answers, and whether `EVENTSTORE_START` can be run. */
export async function serverNamed(environment: Environment): Promise<Named> {
  const { EVENTSTORE_URL: url, EVENTSTORE_START: start } = environment;
  if (start !== undefined && !isProgram(start)) {
    return { ok: false, why: `EVENTSTORE_START: ${start} is no program that can be run` };
  }
  const startWords = start === undefined ? noStart : `servers of its own: ${start} PORT DIRECTORY`;
  if (url === undefined) return { ok: true, words: [unset, startWords] };
  try {
    return { ok: true, words: [`EventStoreDB ${await versionAt(url)}`, startWords] };
  } catch (error) {
    const message = error instanceof Error ? error.message : 'no answer';
    return { ok: false, why: `EVENTSTORE_URL: the server cannot be used: ${message}` };
  }
}

async function versionAt(url: string): Promise<string> {
  const store = await openEsdbEventStore({ url });
  try {
    await store.head();
    return (await store.serverInfo()).version;
  } finally {
    await store.close();
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
