import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import type { MasterKeyRing } from './master-keys.ts';
import { VaultFault } from './vault-fault.ts';

const vaultRow = z.object({ vault_id: z.string() });
const checkRow = z.object({ master_key_id: z.string(), check_value: z.instanceof(Uint8Array) });
const neededRow = z.object({ master_key_id: z.string() });

/** The vault's own id; undefined before it has one. */
export function readVaultId(db: SqliteDb): string | undefined {
  return vaultRow.optional().parse(db.get('SELECT vault_id FROM vault'))?.vault_id;
}

/** Names the vault if it has no name, and notes master keys that are new to it. Inside a write. */
export function admitMasterKeys(db: SqliteDb, ring: MasterKeyRing, now: Date): void {
  for (const id of unknownMasterKeys(db, ring)) {
    db.run('INSERT INTO master_keys VALUES (?, ?)', id, ring.checkOf(id));
  }
  db.run('INSERT OR IGNORE INTO vault VALUES (1, ?, ?)', randomUUID(), now.getTime());
}

/** Ids of keys given now that this vault has never seen. */
export function unknownMasterKeys(db: SqliteDb, ring: MasterKeyRing): readonly string[] {
  const checks = readChecks(db);
  return ring.ids.filter((id) => !checks.has(id));
}

/**
 * Compares the master keys given with those the vault was used with. Throws `vault-mismatch`, naming the key,
 * where one is wrong or one that is still needed is absent.
 */
export function checkMasterKeys(db: SqliteDb, ring: MasterKeyRing): void {
  const checks = readChecks(db);
  const absent = neededMasterKeys(db).find((id) => !ring.ids.includes(id));
  if (absent !== undefined) throw mismatch(db, `needs master key "${absent}", which is not given`);
  for (const id of ring.ids) {
    const check = checks.get(id);
    if (check && !ring.matches(id, check))
      throw mismatch(db, `knows another master key as "${id}"`);
  }
}

/** Ids of the master keys under which something is still wrapped. */
export function neededMasterKeys(db: SqliteDb): readonly string[] {
  const rows = db.all(
    `SELECT DISTINCT master_key_id FROM keys WHERE state = 'active'
     UNION SELECT master_key_id FROM installation_keys`,
  );
  return rows.map((row) => neededRow.parse(row).master_key_id);
}

function readChecks(db: SqliteDb): ReadonlyMap<string, Uint8Array> {
  const rows = db.all('SELECT * FROM master_keys').map((row) => checkRow.parse(row));
  return new Map(rows.map((row) => [row.master_key_id, row.check_value]));
}

const mismatch = (db: SqliteDb, what: string) =>
  new VaultFault('vault-mismatch', `the vault ${db.path} ${what}`);
