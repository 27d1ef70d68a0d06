import type { ClaimKind } from '../domain/account/account.ts';
import type { Position } from '../eventstore/event-store.ts';
import { z } from 'zod';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import { createLookupTables, liveTables, lookupsVersion } from './lookups.ts';

/** Where the lookups stand, and why they stand still if they do. */
export interface ProjectionState {
  /** Of the handlers that made the rows; see `lookupsVersion`. */
  readonly version: number;
  /** Position of the last event applied; 0n before the first. */
  readonly position: Position;
  /** The log the rows came from; null before it is known. */
  readonly logId: string | null;
  readonly stopped: { readonly position: Position; readonly reason: string } | null;
}

const createState = `
  CREATE TABLE IF NOT EXISTS projection_state (
    name TEXT PRIMARY KEY, version INTEGER NOT NULL, log_id TEXT, position INTEGER NOT NULL,
    stopped_position INTEGER, stopped_reason TEXT
  ) STRICT, WITHOUT ROWID;
`;

const NAME = 'lookups';

const position = z.string().transform(BigInt);
const stateRow = z.object({
  version: z.int(),
  position,
  log_id: z.string().nullable(),
  stopped_position: position.nullable(),
  stopped_reason: z.string().nullable(),
});
const accountRow = z.object({ account_id: z.string() });
const statusRow = z.object({ status: z.string() });

/** Makes the tables of the read model where they are missing, inside the caller's transaction. */
export function prepareReadModel(db: SqliteDb): void {
  db.exec(createState);
  const known = db.get('SELECT version FROM projection_state WHERE name = ?', NAME);
  if (known && Number(known['version']) === lookupsVersion) return;
  db.exec(`DROP TABLE IF EXISTS ${liveTables.keys}; DROP TABLE IF EXISTS ${liveTables.accounts};`);
  db.exec(createLookupTables(liveTables));
  db.run('DELETE FROM projection_state WHERE name = ?', NAME);
  db.run(
    'INSERT INTO projection_state (name, version, log_id, position) VALUES (?, ?, NULL, 0)',
    NAME,
    lookupsVersion,
  );
}

/** Reads the checkpoint; the read model must have been prepared. */
export function projectionState(db: SqliteDb): ProjectionState {
  const row = db.get(
    `SELECT version, log_id, CAST(position AS TEXT) AS position,
       CAST(stopped_position AS TEXT) AS stopped_position, stopped_reason
     FROM projection_state WHERE name = ?`,
    NAME,
  );
  const { version, position, log_id, stopped_position, stopped_reason } = stateRow.parse(row);
  return {
    version,
    position,
    logId: log_id,
    stopped:
      stopped_position === null
        ? null
        : { position: stopped_position, reason: stopped_reason ?? 'unknown' },
  };
}

/** Throws the rows away, to be made again from the first event; inside the caller's transaction. */
export function startOver(db: SqliteDb): void {
  db.run('DELETE FROM projection_state WHERE name = ?', NAME);
  prepareReadModel(db);
}

/** Binds the read model to a log; rows of another log are thrown away and made again. */
export function bindToLog(db: SqliteDb, logId: string): void {
  const { logId: bound } = projectionState(db);
  if (bound === logId) return;
  if (bound !== null) startOver(db);
  db.run('UPDATE projection_state SET log_id = ? WHERE name = ?', logId, NAME);
}

/** Where the lookups stand, without the rest of their state: asked at every append. */
export function checkpointOf(db: SqliteDb): Position | 'stopped' {
  const [row = []] = db.lists(
    `SELECT CAST(position AS TEXT), stopped_position IS NOT NULL FROM projection_state WHERE name = ?`,
    NAME,
  );
  return row[1] === 0 ? position.parse(row[0]) : 'stopped';
}

export const setCheckpoint = (db: SqliteDb, position: Position): void => {
  db.run('UPDATE projection_state SET position = ? WHERE name = ?', position, NAME);
};

export function clearStop(db: SqliteDb): void {
  db.run(
    'UPDATE projection_state SET stopped_position = NULL, stopped_reason = NULL WHERE name = ?',
    NAME,
  );
}

export function stopAt(db: SqliteDb, position: Position, reason: string): void {
  db.run(
    'UPDATE projection_state SET stopped_position = ?, stopped_reason = ? WHERE name = ?',
    position,
    reason,
    NAME,
  );
}

/** What the lookups answer. A hit is a hint: the account's own state decides (H2). */
export class Lookups {
  readonly #db: SqliteDb;

  constructor(db: SqliteDb) {
    this.#db = db;
  }

  /** The account that owned the key when the projection last looked, or undefined. */
  accountByKey(kind: ClaimKind, key: string): string | undefined {
    const row = this.#db.get(
      `SELECT account_id FROM ${liveTables.keys} WHERE kind = ? AND key = ?`,
      kind,
      key,
    );
    return row && accountRow.parse(row).account_id;
  }

  /** Every account of this status, in no order. */
  accountsIn(status: 'closing' | 'deleted'): readonly string[] {
    return this.#db
      .all(
        `SELECT account_id FROM ${liveTables.accounts} WHERE status <> 'active' AND status = ?`,
        status,
      )
      .map((row) => accountRow.parse(row).account_id);
  }

  accountStatus(accountId: string): string | undefined {
    const row = this.#db.get(
      `SELECT status FROM ${liveTables.accounts} WHERE account_id = ?`,
      accountId,
    );
    return row && statusRow.parse(row).status;
  }

  state(): ProjectionState {
    return projectionState(this.#db);
  }
}
