import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import { createDataKey, DATA_KEY_BYTES, type ColumnKey } from './data-key.ts';
import { dataKeyContext } from './key-contexts.ts';
import type { MasterKeyRing } from './master-keys.ts';
import type { SqliteVaultFile } from './sqlite-vault-file.ts';
import { VaultFault } from './vault-fault.ts';
import type { DataKey, DataKeys } from './vault.ts';

const keyRow = z
  .object({
    account_id: z.string(),
    attempt_id: z.string().nullable(),
    master_key_id: z.string().nullable(),
    wrapped: z.instanceof(Uint8Array),
    state: z.enum(['active', 'erasing', 'erased']),
  })
  .optional();
const idRow = z.object({ key_id: z.string() });

/** Within a read or write: the key, or that it was erased. Throws `key-missing`. */
export function openDataKey(
  db: SqliteDb,
  ring: MasterKeyRing,
  keyId: string,
): ColumnKey | 'erased' {
  const row = keyRow.parse(db.get('SELECT * FROM keys WHERE key_id = ?', keyId));
  if (!row) throw missingKey(keyId);
  if (row.state !== 'active' || row.master_key_id === null) return 'erased';
  const context = dataKeyContext(keyId, row.account_id);
  return createDataKey(ring.unwrap(context, row.master_key_id, row.wrapped));
}

/** As `openDataKey`, where nothing may be sealed any more once the key is gone. Throws `key-erased`. */
export function requireDataKey(db: SqliteDb, ring: MasterKeyRing, keyId: string): ColumnKey {
  const key = openDataKey(db, ring, keyId);
  if (key === 'erased') throw new VaultFault('key-erased', `data key ${keyId} was erased`);
  return key;
}

export class SqliteDataKeys implements DataKeys {
  readonly #file: SqliteVaultFile;
  readonly #ring: MasterKeyRing;
  readonly #now: () => Date;

  constructor(file: SqliteVaultFile, ring: MasterKeyRing, now: () => Date) {
    this.#file = file;
    this.#ring = ring;
    this.#now = now;
  }

  /** The same mint again answers the same key. Throws `key-taken` for an id that was ever used otherwise. */
  async mint(key: { keyId: string; accountId: string; attemptId: string }): Promise<DataKey> {
    return this.#file.write((db) => {
      const row = keyRow.parse(db.get('SELECT * FROM keys WHERE key_id = ?', key.keyId));
      const same = row?.account_id === key.accountId && row.attempt_id === key.attemptId;
      if (row && (!same || row.state !== 'active')) throw taken(key.keyId);
      if (row) return requireDataKey(db, this.#ring, key.keyId);
      return insertKey(db, this.#ring, { ...key, now: this.#now() });
    });
  }

  async get(keyId: string): Promise<DataKey | 'erased'> {
    return this.#file.read((db) => openDataKey(db, this.#ring, keyId));
  }

  async erase(keyId: string, accountId: string): Promise<void> {
    await this.#file.write((db) => overwrite(db, { keyId, accountId, now: this.#now() }));
    await this.finishErasures();
  }

  async eraseAllOf(accountId: string, keyId?: string): Promise<void> {
    await this.#file.write((db) => {
      if (keyId !== undefined) overwrite(db, { keyId, accountId, now: this.#now() });
      db.run(`UPDATE keys SET ${OVERWRITTEN} WHERE account_id = ? AND state = 'active'`, accountId);
      db.run('DELETE FROM sessions WHERE account_id = ?', accountId);
    });
    await this.finishErasures();
  }

  async livingOf(accountIds: readonly string[]): Promise<readonly string[]> {
    const sql = `SELECT DISTINCT account_id FROM keys
       WHERE state = 'active' AND account_id IN (SELECT value FROM json_each(?))`;
    return this.#file.read((db) =>
      db.all(sql, JSON.stringify(accountIds)).map((row) => z.string().parse(row['account_id'])),
    );
  }

  async finishErasures(): Promise<number> {
    const erasing = await this.#erasing();
    if (erasing.length === 0) return 0;
    if (await this.#file.truncateLog()) await this.#file.write((db) => markErased(db, erasing));
    return (await this.#erasing()).length;
  }

  #erasing(): Promise<string[]> {
    return this.#file.read((db) =>
      db
        .all(`SELECT key_id FROM keys WHERE state = 'erasing'`)
        .map((row) => idRow.parse(row).key_id),
    );
  }
}

const OVERWRITTEN = `state = 'erasing', wrapped = zeroblob(length(wrapped)), master_key_id = NULL, settled = 1`;

/** A new key for an id that was never used. Throws `key-taken`. */
export function insertKey(
  db: SqliteDb,
  ring: MasterKeyRing,
  key: { keyId: string; accountId: string; attemptId: string; now: Date },
): ColumnKey {
  const bytes = randomBytes(DATA_KEY_BYTES);
  const wrapped = ring.wrap(dataKeyContext(key.keyId, key.accountId), bytes);
  const inserted = db.run(
    `INSERT INTO keys VALUES (?, ?, ?, ?, ?, 'active', ?, 0) ON CONFLICT DO NOTHING`,
    key.keyId,
    key.accountId,
    key.attemptId,
    wrapped.masterKeyId,
    wrapped.bytes,
    key.now.getTime(),
  );
  if (inserted === 0) throw taken(key.keyId);
  return createDataKey(bytes);
}

/**
 * Leaves a record where there was none: an erased key is never minted again. Sessions under it are over, and go: a
 * session that an attempt prepared goes wherever its key does.
 */
function overwrite(
  db: SqliteDb,
  { keyId, accountId, now }: { keyId: string; accountId: string; now: Date },
): void {
  const row = keyRow.parse(db.get('SELECT * FROM keys WHERE key_id = ?', keyId));
  if (row && row.account_id !== accountId) throw taken(keyId);
  db.run(
    `INSERT INTO keys VALUES (?, ?, NULL, NULL, zeroblob(0), 'erasing', ?, 1)
     ON CONFLICT (key_id) DO UPDATE SET ${OVERWRITTEN} WHERE state = 'active'`,
    keyId,
    accountId,
    now.getTime(),
  );
  db.run('DELETE FROM sessions WHERE account_id = ? AND key_id = ?', accountId, keyId);
}

/** Only those whose overwriting was in the file before the log was emptied. */
function markErased(db: SqliteDb, keyIds: readonly string[]): void {
  for (const keyId of keyIds) {
    db.run(`UPDATE keys SET state = 'erased' WHERE key_id = ? AND state = 'erasing'`, keyId);
  }
}

export const missingKey = (keyId: string) =>
  new VaultFault('key-missing', `the vault has no record of data key ${keyId}`);

const taken = (keyId: string) =>
  new VaultFault('key-taken', `data key ${keyId} already has another owner, attempt or end`);
