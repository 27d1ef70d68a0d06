import { createHash } from 'node:crypto';
import { accountIdOf } from '../domain/streams.ts';
import { AccountRows } from './account-rows.ts';
import { RevisionGap } from './missing-event.ts';
import { decodeAccountEvent } from '../eventstore/codec.ts';
import type { RecordedEvent } from '../eventstore/event-store.ts';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';

/** Raise it when a handler or a table changes its meaning: every read model is then rebuilt at the next start. */
export const lookupsVersion = 2;

/** The live tables, or those of a rebuild beside them. */
export interface LookupTables {
  readonly keys: string;
  readonly accounts: string;
}

export const liveTables: LookupTables = { keys: 'lookup_keys', accounts: 'lookup_accounts' };
export const rebuildTables: LookupTables = {
  keys: 'rebuild_lookup_keys',
  accounts: 'rebuild_lookup_accounts',
};

/** Keys and ids only, so that a rebuild needs no decryption and the file tells nothing of a person. */
export const createLookupTables = (
  tables: LookupTables,
  byAccount: string = indexByAccount(tables),
): string => `
  CREATE TABLE ${tables.keys} (
    kind TEXT NOT NULL, key TEXT NOT NULL, account_id TEXT NOT NULL,
    PRIMARY KEY (kind, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX ${byAccount} ON ${tables.keys} (account_id);
  CREATE TABLE ${tables.accounts} (
    account_id TEXT PRIMARY KEY, status TEXT NOT NULL, revision INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  ${indexEnding(tables.accounts)}
`;

/** What an account owns is found by it when it gives a key up. */
export const indexByAccount = ({ keys }: LookupTables): string => `${keys}_by_account`;

/** What deletions are driven by looks here twice a minute, and nearly every account is active. */
export const indexEnding = (accounts: string): string =>
  `CREATE INDEX ${accounts}_ending ON ${accounts} (status) WHERE status <> 'active';`;

/** The last revision of an account that was applied; -1 for none. */
export function appliedRevision(db: SqliteDb, accountId: string, tables = liveTables): number {
  const sql = `SELECT revision FROM ${tables.accounts} WHERE account_id = ?`;
  const [row] = db.lists(sql, accountId);
  return row ? Number(row[0]) : -1;
}

/**
 * Takes one event of the log into the lookups, inside the caller's transaction. A repeated event changes nothing.
 * Throws PoisonEvent for what it cannot read, RevisionGap, and KeyOwnedTwice.
 */
export function applyToLookups(db: SqliteDb, event: RecordedEvent, tables: LookupTables): void {
  const accountId = accountIdOf(event.stream);
  if (accountId === undefined) return;
  const applied = appliedRevision(db, accountId, tables);
  if (event.revision <= applied) return;
  if (event.revision > applied + 1) throw new RevisionGap(event, applied);
  const { position } = event;
  const status = new AccountRows(db, tables, { accountId, position }).apply(
    decodeAccountEvent(event),
  );
  if (applied >= 0) {
    db.run(
      `UPDATE ${tables.accounts} SET revision = ?, status = coalesce(?, status) WHERE account_id = ?`,
      event.revision,
      status,
      accountId,
    );
    return;
  }
  db.run(
    `INSERT INTO ${tables.accounts} (account_id, status, revision) VALUES (?, ?, ?)`,
    accountId,
    status ?? 'absent',
    event.revision,
  );
}

const dumpedKeys = ({ keys }: LookupTables) =>
  `SELECT kind, key, account_id FROM ${keys} ORDER BY kind, key`;
const dumpedAccounts = ({ accounts }: LookupTables) =>
  `SELECT account_id, status, revision FROM ${accounts} ORDER BY account_id`;

/** Business columns in the order of their keys, without positions: two read models of one history are byte-equal (I6). */
export function dumpLookups(db: SqliteDb, tables: LookupTables = liveTables): string {
  const keys = db.all(dumpedKeys(tables));
  const accounts = db.all(dumpedAccounts(tables));
  return JSON.stringify({ keys, accounts });
}

/** SHA-256 of the same columns in the same order, row by row: a dump of millions of rows fits into no string. */
export function lookupsDigest(db: SqliteDb, tables: LookupTables = liveTables): string {
  const hash = createHash('sha256');
  for (const sql of [dumpedKeys(tables), dumpedAccounts(tables)]) {
    for (const row of db.iterate(sql)) hash.update(`${JSON.stringify(row)}\n`);
    hash.update('\n');
  }
  return hash.digest('base64url');
}
