import type { ClaimKind } from '../domain/account/account.ts';
import type { AccountEvent, EventOf } from '../domain/account/events.ts';
import { unreachable } from '../domain/result.ts';
import type { Position } from '../eventstore/event-store.ts';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import type { LookupTables } from './lookups.ts';
import { KeyOwnedTwice } from './missing-event.ts';

/** The keys of one account in the lookups. */
export class AccountRows {
  readonly #db: SqliteDb;
  readonly #tables: LookupTables;
  readonly #accountId: string;
  readonly #position: Position;

  constructor(
    db: SqliteDb,
    tables: LookupTables,
    of: { readonly accountId: string; readonly position: Position },
  ) {
    this.#db = db;
    this.#tables = tables;
    this.#accountId = of.accountId;
    this.#position = of.position;
  }

  /** Answers the account's new status where the event changes it, else null. */
  apply(event: AccountEvent): string | null {
    switch (event.type) {
      case 'UserRegistered':
        this.#register(event);
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
      case 'IdentityRefreshed':
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

  #register({ emailKey, usernameKey, method }: EventOf<'UserRegistered'>): void {
    if (emailKey !== null) this.#own('email', emailKey);
    this.#own('username', usernameKey);
    if (method.kind === 'identity') this.#own('identity', method.identityId);
  }

  /** A second owner is refused; an identity noted again by its own account is nothing new. */
  #own(kind: ClaimKind, key: string): void {
    const row = this.#db.get(
      `SELECT account_id FROM ${this.#tables.keys} WHERE kind = ? AND key = ?`,
      kind,
      key,
    );
    const owner = row?.['account_id'];
    if (owner === this.#accountId) return;
    if (typeof owner === 'string') throw new KeyOwnedTwice(this.#position, owner);
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
