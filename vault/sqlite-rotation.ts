import { z } from 'zod';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import { dataKeyContext, installationKeyContext } from './key-contexts.ts';
import type { MasterKeyRing } from './master-keys.ts';
import { neededMasterKeys } from './sqlite-master-key-checks.ts';
import type { SqliteVaultFile } from './sqlite-vault-file.ts';

/** So many keys a transaction, so that nobody waits long behind a rotation. */
const BATCH = 200;

const wrappedRow = z.object({
  key_id: z.string(),
  scope: z.string(),
  master_key_id: z.string(),
  wrapped: z.instanceof(Uint8Array),
});

const tables = [
  {
    select: `SELECT key_id, account_id AS scope, master_key_id, wrapped FROM keys
             WHERE state = 'active' AND master_key_id <> ? LIMIT ?`,
    update: `UPDATE keys SET master_key_id = ?, wrapped = ? WHERE key_id = ?`,
    contextOf: dataKeyContext,
  },
  {
    select: `SELECT key_id, kind AS scope, master_key_id, wrapped FROM installation_keys
             WHERE master_key_id <> ? LIMIT ?`,
    update: `UPDATE installation_keys SET master_key_id = ?, wrapped = ? WHERE key_id = ?`,
    contextOf: installationKeyContext,
  },
] as const;

/** Wraps everything with the newest master key. Safe to stop at any time and to run again. */
export async function rotateMasterKey(file: SqliteVaultFile, ring: MasterKeyRing) {
  let rewrapped = 0;
  for (const table of tables) {
    for (;;) {
      const count = await file.write((db) => rewrapBatch(db, ring, table));
      rewrapped += count;
      if (count < BATCH) break;
    }
  }
  const needed = await file.read(neededMasterKeys);
  return { rewrapped, unusedMasterKeyIds: ring.ids.filter((id) => !needed.includes(id)) };
}

function rewrapBatch(db: SqliteDb, ring: MasterKeyRing, table: (typeof tables)[number]): number {
  const rows = db.all(table.select, ring.newest.id, BATCH).map((row) => wrappedRow.parse(row));
  for (const row of rows) {
    const context = table.contextOf(row.key_id, row.scope);
    const wrapped = ring.wrap(context, ring.unwrap(context, row.master_key_id, row.wrapped));
    db.run(table.update, wrapped.masterKeyId, wrapped.bytes, row.key_id);
  }
  return rows.length;
}
