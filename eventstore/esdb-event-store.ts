import { appendToStream } from './esdb-append.ts';
import { openClient } from './esdb-client.ts';
import { EsdbConnection, type CallLimits } from './esdb-connection.ts';
import { NewestEvent } from './esdb-newest.ts';
import { usualPace, type SubscriptionPace } from './esdb-pace.ts';
import { readStream } from './esdb-read.ts';
import { isSystemStream } from './esdb-record.ts';
import { serverInfo, type EsdbServerInfo } from './esdb-server-info.ts';
import { subscribeToLog } from './esdb-subscription.ts';
import type { EventStore } from './event-store.ts';
import { prefixNames, withPrefix } from './prefix.ts';

export interface OpenEsdbEventStore {
  /** `EVENTSTORE_URL`; see docs/eventstoredb.md. */
  readonly url: string;
  /** Put before every stream name on the server and taken off again. */
  readonly prefix?: string;
  /** Closes the store. */
  readonly signal?: AbortSignal;
  readonly limits?: Partial<CallLimits>;
  readonly pace?: Partial<SubscriptionPace>;
}

/** The port, and what only a server can tell. */
export type EsdbEventStore = EventStore & { serverInfo(): Promise<EsdbServerInfo> };

/**
 * The log on an EventStoreDB server: one stream per append. Needs no server to open, each call finds it or
 * throws Unavailable. One for a process. Every stream of the server that begins with the prefix counts as ours, system streams apart.
 * Throws a plain error for a connection string that cannot be used.
 */
export async function openEsdbEventStore(options: OpenEsdbEventStore): Promise<EsdbEventStore> {
  const { url, prefix = '' } = options;
  const limits = { deadlineMs: 2_000, mostCalls: 512, ...options.limits };
  const pace = { ...usualPace, ...options.pace };
  const connection = new EsdbConnection(openClient(url), limits);
  const { ours } = prefixNames(prefix);
  const newest = new NewestEvent(connection, (stream) => ours(stream) && !isSystemStream(stream));
  const closing = new AbortController();
  const log: EventStore = {
    atomic: false,
    append: async (writes) => {
      const appended = await appendToStream(connection, writes);
      newest.saw(appended.position);
      return appended;
    },
    read: (stream, readOptions = {}) => readStream(connection, stream, readOptions),
    subscribe: ({ signal, ...rest }) =>
      subscribeToLog(
        connection,
        { ...rest, signal: AbortSignal.any([signal, closing.signal]) },
        pace,
      ),
    head: () => newest.find(),
    close: async () => {
      closing.abort();
      await connection.close();
    },
  };
  options.signal?.addEventListener('abort', () => void log.close(), { once: true });
  if (options.signal?.aborted) await log.close();
  return { ...withPrefix(log, prefix), serverInfo: () => serverInfo(connection) };
}
