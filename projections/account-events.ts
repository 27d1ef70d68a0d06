import { accountIdOf, accountStream } from '../domain/streams.ts';
import { recordedEvent } from '../eventstore/sqlite-events-table.ts';
import type { Position, RecordedEvent } from '../eventstore/event-store.ts';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';

/**
 * The events of accounts as the log keeps them, personal parts sealed: what pages are read from while a log
 * elsewhere is away, and where the newest of all accounts are found. It moves with the lookups, under the same checkpoint.
 */
export const liveAccountEvents = 'account_events';
export const rebuildAccountEvents = 'rebuild_account_events';

/** The columns of the embedded log's own table, read by the same code. */
export const createAccountEvents = (table: string): string => `
  CREATE TABLE ${table} (
    stream TEXT NOT NULL, revision INTEGER NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL,
    type TEXT NOT NULL, data TEXT NOT NULL, metadata TEXT NOT NULL,
    PRIMARY KEY (stream, revision)
  ) STRICT, WITHOUT ROWID;
`;

/** For reading the newest first; also for a file that an earlier version made. */
export const indexAccountEvents = `
  CREATE INDEX IF NOT EXISTS ${liveAccountEvents}_by_position ON ${liveAccountEvents} (position);
`;

/** Keeps one event of an account, inside the caller's transaction. A repeated event changes nothing. */
export function keepAccountEvent(
  db: SqliteDb,
  event: RecordedEvent,
  table: string = liveAccountEvents,
): void {
  if (accountIdOf(event.stream) === undefined) return;
  const { stream, revision, position, id, type, data, metadata } = event;
  db.run(
    `INSERT OR IGNORE INTO ${table} (stream, revision, position, id, type, data, metadata)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    stream,
    revision,
    position,
    id,
    type,
    JSON.stringify(data),
    JSON.stringify(metadata),
  );
}

/** What is kept of a stream from a revision on, in order. Throws LogDamaged for a row that is no event. */
export function keptEvents(db: SqliteDb, stream: string, from: number): readonly RecordedEvent[] {
  return db
    .all(
      `SELECT stream, revision, position, id, type, data, metadata FROM ${liveAccountEvents}
       WHERE stream = ? AND revision >= ? ORDER BY revision`,
      stream,
      from,
    )
    .map(recordedEvent);
}

/** What is kept before a position, newest first, at most so many. Throws LogDamaged for a row that is no event. */
export function keptEventsBefore(
  db: SqliteDb,
  before: Position,
  most: number,
): readonly RecordedEvent[] {
  return db
    .all(
      `SELECT stream, revision, position, id, type, data, metadata FROM ${liveAccountEvents}
       WHERE position < ? ORDER BY position DESC LIMIT ?`,
      before,
      most,
    )
    .map(recordedEvent);
}

/** Where the last event stands that is kept of an account; 0n for none. */
export function lastKeptPosition(db: SqliteDb, accountId: string): Position {
  const row = db.get(
    `SELECT CAST(max(position) AS TEXT) AS position FROM ${liveAccountEvents} WHERE stream = ?`,
    accountStream(accountId),
  );
  return typeof row?.['position'] === 'string' ? BigInt(row['position']) : 0n;
}

/** As `dumpLookups`: without positions, which are another store's own. */
export const dumpAccountEvents = (db: SqliteDb, table: string = liveAccountEvents): string =>
  JSON.stringify(
    db.all(
      `SELECT stream, revision, id, type, data, metadata FROM ${table} ORDER BY stream, revision`,
    ),
  );
