import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import type { MasterKeyRing } from './master-keys.ts';
import { VaultFault } from './vault-fault.ts';

const vaultRow = z.object({ vault_id: z.string() });
const checkRow = z.object({ master_key_id: z.string(), check_value: z.instanceof(Uint8Array) });
const neededRow = z.object({ master_key_id: z.string() });

/**
 * Compares the master keys given with those the vault was used with, and notes new ones. Answers the vault's id.
 * Throws `vault-mismatch`, naming the key, where one is wrong or one that is still needed is absent.
 */
export function admitMasterKeys(db: SqliteDb, ring: MasterKeyRing, now: Date): string {
  const known = new Map(
    db.all('SELECT master_key_id, check_value FROM master_keys').map((row) => {
      const { master_key_id, check_value } = checkRow.parse(row);
      return [master_key_id, check_value];
    }),
  );
  if (known.size > 0 && !ring.ids.some((id) => known.has(id))) throw foreign(db, [...known.keys()]);
  for (const id of neededMasterKeys(db)) {
    if (!ring.ids.includes(id)) throw mismatch(db, `needs master key "${id}", which is not given`);
  }
  for (const id of ring.ids) {
    const check = known.get(id);
    if (check && !ring.matches(id, check))
      throw mismatch(db, `knows another master key as "${id}"`);
    if (check) continue;
    db.run('INSERT INTO master_keys VALUES (?, ?)', id, ring.checkOf(id));
  }
  db.run('INSERT OR IGNORE INTO vault VALUES (1, ?, ?)', randomUUID(), now.getTime());
  return vaultRow.parse(db.get('SELECT vault_id FROM vault')).vault_id;
}

/** Ids of the master keys under which something is still wrapped. */
export function neededMasterKeys(db: SqliteDb): string[] {
  const rows = db.all(
    `SELECT DISTINCT master_key_id FROM keys WHERE state = 'active'
     UNION SELECT master_key_id FROM installation_keys`,
  );
  return rows.map((row) => neededRow.parse(row).master_key_id);
}

const foreign = (db: SqliteDb, ids: readonly string[]) =>
  mismatch(db, `was made with master key "${ids.join('", "')}", none of which is given`);

const mismatch = (db: SqliteDb, what: string) =>
  new VaultFault('vault-mismatch', `the vault ${db.path} ${what}`);
