import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import type { ColumnKey } from './data-key.ts';
import { columnContext } from './key-contexts.ts';
import type { MasterKeyRing } from './master-keys.ts';
import { openDataKey, requireDataKey } from './sqlite-data-keys.ts';
import type { SqliteVaultFile } from './sqlite-vault-file.ts';
import type { Credential, Credentials } from './vault.ts';

const credentialRow = z
  .object({
    account_id: z.string(),
    key_id: z.string(),
    prehash_key_id: z.string(),
    hash: z.instanceof(Uint8Array),
  })
  .optional();

const hashContext = (credentialId: string) => columnContext('credentials', credentialId, 'hash');

/** Password hashes, sealed under the account's data key. A hash whose key was erased is gone. */
export class SqliteCredentials implements Credentials {
  readonly #file: SqliteVaultFile;
  readonly #ring: MasterKeyRing;
  readonly #now: () => Date;

  constructor(file: SqliteVaultFile, ring: MasterKeyRing, now: () => Date) {
    this.#file = file;
    this.#ring = ring;
    this.#now = now;
  }

  /** Throws `key-erased` or `key-missing` where the account's key is no more. */
  async put(credential: Credential & { keyId: string; attemptId: string }): Promise<void> {
    await this.#file.write((db) => {
      const key = requireDataKey(db, this.#ring, credential.keyId);
      insertCredential(db, key, { ...credential, now: this.#now() });
    });
  }

  async get(credentialId: string): Promise<Credential | undefined> {
    return this.#file.read((db) => {
      const row = readRow(db, credentialId);
      if (!row) return undefined;
      const key = openDataKey(db, this.#ring, row.key_id);
      if (key === 'erased') return undefined;
      return {
        credentialId,
        accountId: row.account_id,
        hash: key.openColumn(hashContext(credentialId), row.hash),
        prehashKeyId: row.prehash_key_id,
      };
    });
  }

  async rehash(
    credentialId: string,
    { hash, prehashKeyId }: { hash: string; prehashKeyId: string },
  ): Promise<void> {
    await this.#file.write((db) => {
      const row = readRow(db, credentialId);
      if (!row) return;
      const key = openDataKey(db, this.#ring, row.key_id);
      if (key === 'erased') return;
      db.run(
        'UPDATE credentials SET hash = ?, prehash_key_id = ? WHERE credential_id = ?',
        key.sealColumn(hashContext(credentialId), hash),
        prehashKeyId,
        credentialId,
      );
    });
  }

  async delete(credentialIds: readonly string[]): Promise<void> {
    await this.#file.write((db) => {
      for (const id of credentialIds) db.run('DELETE FROM credentials WHERE credential_id = ?', id);
    });
  }

  async deleteAllOf(accountId: string): Promise<void> {
    await this.#file.write((db) =>
      db.run('DELETE FROM credentials WHERE account_id = ?', accountId),
    );
  }

  async sample(max: number) {
    return this.#file.read((db) => sample(db, max));
  }
}

export function insertCredential(
  db: SqliteDb,
  key: ColumnKey,
  credential: Credential & { keyId: string; attemptId: string; now: Date },
): void {
  db.run(
    'INSERT INTO credentials VALUES (?, ?, ?, ?, ?, ?, ?, 0)',
    credential.credentialId,
    credential.accountId,
    credential.attemptId,
    credential.keyId,
    credential.prehashKeyId,
    key.sealColumn(hashContext(credential.credentialId), credential.hash),
    credential.now.getTime(),
  );
}

const sampled = z
  .object({ credential_id: z.string(), account_id: z.string() })
  .transform(({ credential_id, account_id }) => ({
    credentialId: credential_id,
    accountId: account_id,
  }));

function sample(db: SqliteDb, max: number) {
  const from = randomUUID();
  const half = (order: string) =>
    db.all(
      `SELECT credential_id, account_id FROM credentials
       WHERE settled = 1 AND credential_id ${order} ? ORDER BY credential_id LIMIT ?`,
      from,
      max,
    );
  return [...half('>='), ...half('<')].slice(0, max).map((row) => sampled.parse(row));
}

function readRow(db: SqliteDb, credentialId: string) {
  const row = db.get('SELECT * FROM credentials WHERE credential_id = ?', credentialId);
  return credentialRow.parse(row);
}
