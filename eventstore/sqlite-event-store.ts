import type { Connect } from '../sqlite/sqlite-driver.ts';
import type { EventStore, Position } from './event-store.ts';
import { prefixNames, underGivenName, withPrefix, type StreamNames } from './prefix.ts';
import {
  EmbeddedLog,
  type EmbeddedLogOptions,
  type InlineProjection,
} from './sqlite-embedded-log.ts';
import { openLogFile } from './sqlite-log-file.ts';

export type { InlineProjection } from './sqlite-embedded-log.ts';

export interface OpenSqliteEventStore extends EmbeddedLogOptions {
  /** The file; made if it is not there. ':memory:' for a log that ends with the process. */
  readonly path: string;
  /** Put before every stream name in the file and taken off again. */
  readonly prefix?: string;
  /** Opens without writing and without the start's checks: for `verify` and `doctor` on a damaged log. */
  readonly inspect?: boolean;
  readonly connect?: Connect;
}

/** The port, and what only a log in a file of our own can do. */
export type SqliteEventStore = EventStore &
  Pick<EmbeddedLog, 'db' | 'writer' | 'writable' | 'stopWrites' | 'newestFirst'>;

/**
 * Opens the embedded log and checks header, table and recent chains. Throws LogDamaged where they do not
 * hold, Unavailable where the file cannot be opened. A file that cannot be written is opened for reading.
 */
export async function openSqliteEventStore(
  options: OpenSqliteEventStore,
): Promise<SqliteEventStore> {
  const { prefix = '', inline, atomic = true } = options;
  const names = prefixNames(prefix);
  const file = await openLogFile(options, names);
  const log = new EmbeddedLog(file, {
    atomic,
    inline: inline && prefix !== '' ? underGivenNames(inline, names) : inline,
  });
  await log.tryWriting();
  if (prefix === '') return log;
  const { db, writer } = log;
  return Object.assign(withPrefix(log, prefix), {
    db,
    writer,
    writable: () => log.writable(),
    stopWrites: (reason: string) => log.stopWrites(reason),
    newestFirst: async (from: Position) => {
      const { events, before } = await log.newestFirst(from);
      const ours = events.filter(({ stream }) => names.ours(stream));
      return { events: ours.map((event) => underGivenName(event, names)), before };
    },
  });
}

const underGivenNames = (inline: InlineProjection, names: StreamNames): InlineProjection => ({
  apply: (db, events) =>
    inline.apply(
      db,
      events.map((event) => underGivenName(event, names)),
    ),
});
