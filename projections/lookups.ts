import type { ClaimKind } from '../domain/account/account.ts';
import type { AccountEvent } from '../domain/account/events.ts';
import { unreachable } from '../domain/result.ts';
import { accountIdOf } from '../domain/streams.ts';
import { decodeAccountEvent } from '../eventstore/codec.ts';
import type { Position, RecordedEvent } from '../eventstore/event-store.ts';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';

/** Raise it when a handler or a table changes its meaning: every read model is then rebuilt at the next start. */
export const lookupsVersion = 1;

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
export const createLookupTables = ({ keys, accounts }: LookupTables): string => `
  CREATE TABLE ${keys} (
    kind TEXT NOT NULL, key TEXT NOT NULL, account_id TEXT NOT NULL,
    PRIMARY KEY (kind, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX ${keys}_by_account ON ${keys} (account_id);
  CREATE TABLE ${accounts} (
    account_id TEXT PRIMARY KEY, status TEXT NOT NULL, revision INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

/** An event came before the one it follows: the projector waits for it and never writes ahead (F19). */
export class RevisionGap extends Error {
  readonly code = 'revision-gap';
  readonly position: Position;

  constructor(event: RecordedEvent, applied: number) {
    super(`revision ${event.revision} came while ${applied} is the last applied`);
    this.position = event.position;
  }
}

/** The last revision of an account that was applied; -1 for none. */
export function appliedRevision(db: SqliteDb, accountId: string, tables = liveTables): number {
  const row = db.get(`SELECT revision FROM ${tables.accounts} WHERE account_id = ?`, accountId);
  return row ? Number(row['revision']) : -1;
}

/**
 * Takes one event of the log into the lookups, inside the caller's transaction. A repeated event changes nothing.
 * Throws PoisonEvent for what it cannot read, RevisionGap, and SQLite's own error where a key would have two owners.
 */
export function applyToLookups(db: SqliteDb, event: RecordedEvent, tables: LookupTables): void {
  const accountId = accountIdOf(event.stream);
  if (accountId === undefined) return;
  const applied = appliedRevision(db, accountId, tables);
  if (event.revision <= applied) return;
  if (event.revision > applied + 1) throw new RevisionGap(event, applied);
  const status = new AccountRows(db, tables, accountId).apply(decodeAccountEvent(event));
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

/** The rows of one account. */
class AccountRows {
  readonly #db: SqliteDb;
  readonly #tables: LookupTables;
  readonly #accountId: string;

  constructor(db: SqliteDb, tables: LookupTables, accountId: string) {
    this.#db = db;
    this.#tables = tables;
    this.#accountId = accountId;
  }

  /** Answers the account's new status where the event changes it, else null. */
  apply(event: AccountEvent): string | null {
    switch (event.type) {
      case 'UserRegistered':
        if (event.emailKey !== null) this.#own('email', event.emailKey);
        this.#own('username', event.usernameKey);
        if (event.method.kind === 'identity') this.#own('identity', event.method.identityId);
        return 'active';
      case 'ProviderLinked':
        this.#own('identity', event.identityId);
        return null;
      case 'ProviderUnlinked':
        this.#disown('identity', event.identityId);
        return null;
      case 'EmailChanged':
        this.#replace('email', event.emailKey);
        return null;
      case 'UsernameChanged':
        this.#replace('username', event.usernameKey);
        return null;
      case 'DeletionRequested':
        return 'closing';
      case 'DeletionCancelled':
        return 'active';
      case 'AccountDeleted':
        this.#db.run(`DELETE FROM ${this.#tables.keys} WHERE account_id = ?`, this.#accountId);
        return 'deleted';
      case 'MethodSuspended':
      case 'MethodRestored':
      case 'PasswordSet':
      case 'PasswordRemoved':
      case 'ProfileChanged':
      case 'RoleGranted':
      case 'RoleRevoked':
      case 'GrantRevoked':
      case 'AttemptFenced':
        return null;
      default:
        return unreachable(event);
    }
  }

  /** The primary key refuses a second owner; an identity noted again by its own account is nothing new. */
  #own(kind: ClaimKind, key: string): void {
    const row = this.#db.get(
      `SELECT account_id FROM ${this.#tables.keys} WHERE kind = ? AND key = ?`,
      kind,
      key,
    );
    if (row?.['account_id'] === this.#accountId) return;
    this.#db.run(
      `INSERT INTO ${this.#tables.keys} (kind, key, account_id) VALUES (?, ?, ?)`,
      kind,
      key,
      this.#accountId,
    );
  }

  #disown(kind: ClaimKind, key: string): void {
    this.#db.run(
      `DELETE FROM ${this.#tables.keys} WHERE kind = ? AND key = ? AND account_id = ?`,
      kind,
      key,
      this.#accountId,
    );
  }

  #replace(kind: ClaimKind, key: string): void {
    this.#db.run(
      `DELETE FROM ${this.#tables.keys} WHERE kind = ? AND account_id = ?`,
      kind,
      this.#accountId,
    );
    this.#own(kind, key);
  }
}

/** Business columns in the order of their keys, without positions: two read models of one history are byte-equal (I6). */
export function dumpLookups(db: SqliteDb, tables: LookupTables = liveTables): string {
  const keys = db.all(`SELECT kind, key, account_id FROM ${tables.keys} ORDER BY kind, key`);
  const accounts = db.all(
    `SELECT account_id, status, revision FROM ${tables.accounts} ORDER BY account_id`,
  );
  return JSON.stringify({ keys, accounts });
}
