import { join } from 'node:path';
import type { Environment } from '../config/environment.ts';
import { openEsdbEventStore } from '../eventstore/esdb-event-store.ts';
import type { EventStore } from '../eventstore/event-store.ts';
import { openSqliteEventStore } from '../eventstore/sqlite-event-store.ts';
import { verifyLog, type BrokenEvent } from '../eventstore/verify-log.ts';
import { progress } from './progress.ts';
import type { Call, VerbAnswer } from './run-verb.ts';

/**
 * Recomputes every hash chain over the stored bytes, also of a log that the app refuses to open. Consistent is not
 * untouched: whoever can write the log can recompute a chain, and a cut-off tail is seen only against the vault's
 * note of the newest event.
 */
export async function verify({ environment, interactive }: Call): Promise<VerbAnswer> {
  const store = await openForInspection(environment);
  const bar = progress('verifying', interactive);
  try {
    const result = await verifyLog(store, {
      onProgress: ({ position, head, events }) =>
        bar.to(Number(position ?? 0n), Number(head), events),
    });
    bar.end();
    const { events, streams, broken } = result;
    const counted = `${events} events in ${streams} streams`;
    return broken.length === 0
      ? { text: `${counted}: consistent.`, json: { events, streams, broken: [] } }
      : {
          text: [`${counted}: broken.`, ...broken.map(lineOf)].join('\n'),
          json: { events, streams, broken: broken.map(documentOf) },
          exitCode: 1,
        };
  } finally {
    await store.close();
  }
}

/** Without the checks of a start, which may be what an operator wants to know more about. */
function openForInspection(environment: Environment): Promise<EventStore> {
  const { eventstoreUrl: url, eventstorePrefix: prefix, dataDir } = environment;
  if (url !== undefined) return openEsdbEventStore({ url, prefix });
  return openSqliteEventStore({ path: join(dataDir, 'log.db'), prefix, inspect: true });
}

const lineOf = ({ stream, revision, breakage }: BrokenEvent): string =>
  `${stream} at revision ${revision}: ${words[breakage]}`;

const words = {
  chain: 'not what was written',
  gap: 'events before it are missing',
  unreadable: 'cannot be read',
} as const;

const documentOf = ({ stream, revision, breakage, position }: BrokenEvent) => ({
  stream,
  revision,
  breakage,
  position: String(position),
});
