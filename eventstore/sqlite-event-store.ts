import type { SqliteDb, Connect } from '../sqlite/sqlite-driver.ts';
import type { SqliteWriter } from '../sqlite/sqlite-writer.ts';
import type { EventStore, RecordedEvent } from './event-store.ts';
import { prefixNames } from './prefix.ts';
import { EmbeddedLog } from './sqlite-embedded-log.ts';
import { openLogFile } from './sqlite-log-file.ts';
import type { Writable } from './sqlite-writable.ts';

/** A projection that lives in the log's own file and moves in the transaction of the append itself. */
export interface InlineProjection {
  /** What it throws undoes the append and is thrown unchanged. */
  apply(db: SqliteDb, events: readonly RecordedEvent[]): void;
}

export interface OpenSqliteEventStore {
  /** The file; made if it is not there. ':memory:' for a log that ends with the process. */
  readonly path: string;
  /** Default true; false refuses several streams in one append, as a store without transactions would. */
  readonly atomic?: boolean;
  readonly inline?: InlineProjection;
  /** Put before every stream name in the file and taken off again. */
  readonly prefix?: string;
  /** Opens without writing and without the start's checks: for `verify` and `doctor` on a damaged log. */
  readonly inspect?: boolean;
  readonly connect?: Connect;
}

export interface SqliteEventStore extends EventStore {
  /** For reading what an inline projection keeps. */
  readonly db: SqliteDb;
  /** The one writer of this process to the file. */
  readonly writer: SqliteWriter;
  /** As the last write showed it; after a failure it tries again, at most once a second. Never throws. */
  writable(): Promise<Writable>;
  /** No append succeeds any more, until the process starts again. */
  stopWrites(reason: string): void;
}

/**
 * Opens the embedded log and checks header, table and recent chains. Throws LogDamaged where they do not
 * hold, Unavailable where the file cannot be opened. A file that cannot be written is opened for reading.
 */
export async function openSqliteEventStore(
  options: OpenSqliteEventStore,
): Promise<SqliteEventStore> {
  const names = prefixNames(options.prefix ?? '');
  const store = new EmbeddedLog(await openLogFile(options, names), names, options);
  await store.tryWriting();
  return store;
}
