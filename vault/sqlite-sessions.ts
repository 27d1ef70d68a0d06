import { z } from 'zod';
import type { MethodRef } from '../domain/account/events.ts';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import type { MasterKeyRing } from './master-keys.ts';
import { newToken, tokenHash } from './one-time-token.ts';
import { SESSION_ABSOLUTE_MS, SESSION_IDLE_MS } from './session-bounds.ts';
import { insertActivity } from './sqlite-activity.ts';
import { requireDataKey } from './sqlite-data-keys.ts';
import { reissueRow } from './sqlite-reissue.ts';
import { insertSession, isAlive, sessionByToken, sessionsOfAccount } from './sqlite-session-row.ts';
import type { SqliteVaultFile } from './sqlite-vault-file.ts';
import type { IssuedSession, NewSession, SessionMethod, Sessions } from './vault-sessions.ts';

export class SqliteSessions implements Sessions {
  readonly #file: SqliteVaultFile;
  readonly #ring: MasterKeyRing;
  readonly #now: () => Date;

  constructor(file: SqliteVaultFile, ring: MasterKeyRing, now: () => Date) {
    this.#file = file;
    this.#ring = ring;
    this.#now = now;
  }

  /** Throws `key-erased` or `key-missing` where the account's key is no more. */
  async start(session: NewSession): Promise<IssuedSession> {
    return this.#file.write((db) => {
      const key = requireDataKey(db, this.#ring, session.keyId);
      const { told: kind } = session;
      if (kind) insertActivity(db, key, { ...session, kind, method: wayOf(session.method) });
      return insertSession(db, key, session);
    });
  }

  async find(token: string, at: Date) {
    return this.#file.read((db) => sessionByToken(db, token, at));
  }

  async isAlive(sessionId: string, at: Date): Promise<boolean> {
    return this.#file.read((db) => isAlive(db, sessionId, at));
  }

  async touch(sessionId: string, at: Date): Promise<void> {
    await this.#file.write((db) => {
      if (!isAlive(db, sessionId, at)) return;
      db.run(
        'UPDATE sessions SET last_seen_at = max(last_seen_at, ?) WHERE session_id = ?',
        at.getTime(),
        sessionId,
      );
    });
  }

  async reauthenticate(
    sessionId: string,
    { at, how, page, provedRevision }: Parameters<Sessions['reauthenticate']>[1],
  ): Promise<IssuedSession | undefined> {
    return this.#file.write((db) => {
      if (!isAlive(db, sessionId, at)) return undefined;
      const token = newToken();
      db.run(
        `UPDATE sessions SET token_hash = ?, proof_at = ?, proof_how = ?, proof_page = ?, proved_revision = ?,
           last_seen_at = max(last_seen_at, ?) WHERE session_id = ?`,
        tokenHash(token),
        at.getTime(),
        how,
        page ?? null,
        provedRevision,
        at.getTime(),
        sessionId,
      );
      return { sessionId, token };
    });
  }

  async spendWeakProof(sessionId: string): Promise<boolean> {
    return this.#file.write((db) => {
      const sql = `UPDATE sessions SET proof_at = NULL, proof_how = NULL, proof_page = NULL
        WHERE session_id = ? AND proof_how = 'weak'`;
      return db.run(sql, sessionId) === 1;
    });
  }

  async reissue(
    sessionId: string,
    proved: Parameters<Sessions['reissue']>[1],
  ): Promise<IssuedSession | undefined> {
    return this.#file.write((db) => reissueRow(db, sessionId, { ...proved, at: this.#now() }));
  }

  async reissueAlone(
    accountId: string,
    sessionId: string,
    proved: Parameters<Sessions['reissue']>[1],
  ): Promise<IssuedSession | undefined> {
    return this.#file.write((db) => {
      deleteRows(db, accountId, sessionId);
      return reissueRow(db, sessionId, { ...proved, at: this.#now() });
    });
  }

  async list(accountId: string, at: Date) {
    return this.#file.read((db) => sessionsOfAccount(db, this.#ring, { accountId, at }));
  }

  async end(accountId: string, sessionId: string): Promise<boolean> {
    return this.#file.write((db) => {
      const sql = 'DELETE FROM sessions WHERE account_id = ? AND session_id = ?';
      return db.run(sql, accountId, sessionId) === 1;
    });
  }

  async endAll(accountId: string, exceptSessionId?: string): Promise<number> {
    return this.#file.write((db) => deleteRows(db, accountId, exceptSessionId));
  }

  /** Removes what is out of its bounds, some places at a time, so that nobody waits for the whole table; answers how many. */
  async prune(now: Date): Promise<number> {
    const { first, last } = await this.#file.read(placesOf);
    let removed = 0;
    for (let from = first; from <= last; from += PRUNED_TOGETHER) {
      removed += await this.#file.write((db) => deleteOutOfBounds(db, from, now));
    }
    return removed;
  }
}

/** About two milliseconds. */
const PRUNED_TOGETHER = 2_000;

const placesRow = z.object({ first: z.number(), last: z.number() });

const placesOf = (db: SqliteDb) =>
  placesRow.parse(
    db.get(`SELECT coalesce((SELECT min(place) FROM sessions), 0) AS first,
      coalesce((SELECT max(place) FROM sessions), -1) AS last`),
  );

const deleteOutOfBounds = (db: SqliteDb, from: number, now: Date): number =>
  db.run(
    `DELETE FROM sessions WHERE place >= ? AND place < ? AND (started_at <= ? OR last_seen_at <= ?)`,
    from,
    from + PRUNED_TOGETHER,
    now.getTime() - SESSION_ABSOLUTE_MS,
    now.getTime() - SESSION_IDLE_MS,
  );

const wayOf = (method: SessionMethod): MethodRef =>
  method.kind === 'password' ? { kind: 'password' } : method;

const deleteRows = (db: SqliteDb, accountId: string, exceptSessionId?: string): number =>
  db.run(
    'DELETE FROM sessions WHERE account_id = ? AND session_id IS NOT ?',
    accountId,
    exceptSessionId ?? null,
  );
