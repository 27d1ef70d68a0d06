import { z } from 'zod';
import { columnContext } from './key-contexts.ts';
import type { MasterKeyRing } from './master-keys.ts';
import { openDataKey, requireDataKey } from './sqlite-data-keys.ts';
import type { SqliteVaultFile } from './sqlite-vault-file.ts';
import type { ProviderTokens, TokenOwner, Tokens } from './vault-round-trips.ts';

const tokenRow = z.object({ key_id: z.string(), content: z.instanceof(Uint8Array) });

const tokenContent = z.object({
  accessToken: z.string(),
  refreshToken: z.string().nullable(),
  expiresAt: z.number().nullable(),
  scopes: z.array(z.string()),
});

const contextOf = ({ accountId, identityId }: TokenOwner) =>
  columnContext('tokens', `${accountId}:${identityId}`, 'content');

/** Provider tokens, sealed under the account's data key. Tokens whose key was erased are gone. */
export class SqliteTokens implements Tokens {
  readonly #file: SqliteVaultFile;
  readonly #ring: MasterKeyRing;

  constructor(file: SqliteVaultFile, ring: MasterKeyRing) {
    this.#file = file;
    this.#ring = ring;
  }

  async put(owner: TokenOwner & { readonly keyId: string }, tokens: ProviderTokens): Promise<void> {
    const text = JSON.stringify({ ...tokens, expiresAt: tokens.expiresAt?.getTime() ?? null });
    await this.#file.write((db) => {
      const key = requireDataKey(db, this.#ring, owner.keyId);
      db.run(
        'INSERT OR REPLACE INTO tokens VALUES (?, ?, ?, ?, ?)',
        owner.accountId,
        owner.identityId,
        owner.provider,
        owner.keyId,
        key.sealColumn(contextOf(owner), text),
      );
    });
  }

  async get(owner: TokenOwner): Promise<ProviderTokens | undefined> {
    return this.#file.read((db) => {
      const stored = db.get(
        'SELECT * FROM tokens WHERE account_id = ? AND identity_id = ?',
        owner.accountId,
        owner.identityId,
      );
      const row = tokenRow.optional().parse(stored);
      const key = row && openDataKey(db, this.#ring, row.key_id);
      if (!row || !key || key === 'erased') return undefined;
      const text = key.openColumn(contextOf(owner), row.content);
      const { expiresAt, ...tokens } = tokenContent.parse(JSON.parse(text));
      return { ...tokens, expiresAt: expiresAt === null ? null : new Date(expiresAt) };
    });
  }

  async delete({ accountId, identityId }: TokenOwner): Promise<void> {
    await this.#file.write((db) =>
      db.run('DELETE FROM tokens WHERE account_id = ? AND identity_id = ?', accountId, identityId),
    );
  }

  async deleteAllOf(accountId: string): Promise<void> {
    await this.#file.write((db) => db.run('DELETE FROM tokens WHERE account_id = ?', accountId));
  }
}
