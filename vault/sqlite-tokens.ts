import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import { createDataKey, type ColumnKey } from './data-key.ts';
import { columnContext } from './key-contexts.ts';
import type { MasterKeyRing } from './master-keys.ts';
import { openDataKey, requireDataKey } from './sqlite-data-keys.ts';
import type { SqliteVaultFile } from './sqlite-vault-file.ts';
import { readTokenText, tokenText } from './token-content.ts';
import {
  HOLD_MS,
  SITE,
  type KeptTokens,
  type ProviderTokens,
  type TokenOwner,
  type Tokens,
} from './vault-tokens.ts';

const tokenRow = z.object({
  key_id: z.string(),
  version: z.number(),
  rejected_at: z.number().nullable(),
  content: z.instanceof(Uint8Array),
});
const foundToken = tokenRow.optional();
const ownerRow = z
  .object({ account_id: z.string(), identity_id: z.string(), provider: z.string() })
  .transform(({ account_id, identity_id, provider }) => ({
    accountId: account_id,
    identityId: identity_id,
    provider,
  }));

const contextOf = ({ accountId, identityId }: TokenOwner) =>
  columnContext('tokens', `${accountId}:${identityId}`, 'content');
const THIS = 'account_id = ? AND identity_id = ?';

interface TokenKeys {
  readonly ring: MasterKeyRing;
  readonly siteKey: Buffer;
}

/** Provider tokens, sealed under the account's data key, the site's own under a key of theirs. Tokens whose key was erased are gone. */
export class SqliteTokens implements Tokens {
  readonly #file: SqliteVaultFile;
  readonly #ring: MasterKeyRing;
  readonly #siteKey: ColumnKey;

  constructor(file: SqliteVaultFile, { ring, siteKey }: TokenKeys) {
    this.#file = file;
    this.#ring = ring;
    this.#siteKey = createDataKey(siteKey);
  }

  async put(owner: TokenOwner & { readonly keyId: string }, tokens: ProviderTokens): Promise<void> {
    const { accountId, identityId, provider, keyId } = owner;
    await this.#file.write((db) => {
      const key = keyId === SITE ? this.#siteKey : requireDataKey(db, this.#ring, keyId);
      const content = key.sealColumn(contextOf(owner), tokenText(tokens));
      db.run(
        `INSERT INTO tokens VALUES (?, ?, ?, ?, 1, 0, NULL, ?)
         ON CONFLICT DO UPDATE SET provider = excluded.provider, key_id = excluded.key_id,
           version = version + 1, held_until = 0, rejected_at = NULL, content = excluded.content`,
        accountId,
        identityId,
        provider,
        keyId,
        content,
      );
    });
  }

  async get(owner: TokenOwner): Promise<KeptTokens | undefined> {
    return this.#file.read((db) => {
      const row = findRow(db, owner);
      const key = row && this.#keyOf(db, row.key_id);
      if (!row || !key || key === 'erased') return undefined;
      const text = key.openColumn(contextOf(owner), row.content);
      const { version, rejected_at: rejectedAt } = row;
      return {
        ...readTokenText(text),
        version,
        rejectedAt: rejectedAt === null ? null : new Date(rejectedAt),
      };
    });
  }

  async ownersOf(accountId: string): Promise<readonly TokenOwner[]> {
    return this.#file.read((db) =>
      db
        .all('SELECT * FROM tokens WHERE account_id = ?', accountId)
        .map((row) => ownerRow.parse(row)),
    );
  }

  /** A hold further ahead than any can be is of a clock that went back (F22). */
  async hold({ accountId, identityId }: TokenOwner, version: number, at: Date): Promise<boolean> {
    const now = at.getTime();
    return this.#changes(
      `UPDATE tokens SET held_until = ? WHERE ${THIS} AND version = ?
         AND (held_until <= ? OR held_until > ?)`,
      [now + HOLD_MS, accountId, identityId, version, now, now + HOLD_MS],
    );
  }

  async renew(owner: TokenOwner, version: number, tokens: ProviderTokens): Promise<boolean> {
    const { accountId, identityId } = owner;
    return this.#file.write((db) => {
      const row = findRow(db, owner);
      const key = row?.version === version ? this.#keyOf(db, row.key_id) : 'erased';
      if (key === 'erased') return false;
      db.run(
        `UPDATE tokens SET version = version + 1, held_until = 0, rejected_at = NULL, content = ?
         WHERE ${THIS}`,
        key.sealColumn(contextOf(owner), tokenText(tokens)),
        accountId,
        identityId,
      );
      return true;
    });
  }

  async release(owner: TokenOwner, version: number, rejectedAt: Date | null): Promise<void> {
    const { accountId, identityId } = owner;
    const at = rejectedAt?.getTime() ?? null;
    await this.#changes(
      `UPDATE tokens SET held_until = 0, rejected_at = ? WHERE ${THIS} AND version = ?`,
      [at, accountId, identityId, version],
    );
  }

  async delete({ accountId, identityId }: TokenOwner, version?: number): Promise<void> {
    const sql = `DELETE FROM tokens WHERE ${THIS} AND version = coalesce(?, version)`;
    await this.#changes(sql, [accountId, identityId, version ?? null]);
  }

  async deleteAllOf(accountId: string): Promise<void> {
    await this.#changes('DELETE FROM tokens WHERE account_id = ?', [accountId]);
  }

  async sample(max: number): Promise<readonly string[]> {
    return this.#file.read((db) => sample(db, max));
  }

  #keyOf = (db: SqliteDb, keyId: string): ColumnKey | 'erased' =>
    keyId === SITE ? this.#siteKey : openDataKey(db, this.#ring, keyId);

  async #changes(sql: string, values: readonly (string | number | null)[]): Promise<boolean> {
    return (await this.#file.write((db) => db.run(sql, ...values))) > 0;
  }
}

function findRow(db: SqliteDb, { accountId, identityId }: TokenOwner) {
  const stored = db.get(`SELECT * FROM tokens WHERE ${THIS}`, accountId, identityId);
  return foundToken.parse(stored);
}

function sample(db: SqliteDb, max: number): readonly string[] {
  const from = randomUUID();
  const half = (order: string) =>
    db.all(
      `SELECT DISTINCT account_id FROM tokens WHERE account_id ${order} ? ORDER BY account_id LIMIT ?`,
      from,
      max,
    );
  return [...half('>='), ...half('<')]
    .map((row) => z.string().parse(row['account_id']))
    .filter((accountId) => accountId !== SITE)
    .slice(0, max);
}
