import { z } from 'zod';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import { vaultSchema } from './sqlite-vault-schema.ts';
import { vaultUpgrades } from './sqlite-vault-upgrades.ts';
import { VaultFault } from './vault-fault.ts';

/** "LKv1" in the file's header: tells a Latchkey vault from any other SQLite file. */
const APPLICATION_ID = 0x4c4b7631;
const SCHEMA_VERSION = 2;

/** A file without any table and without an owner's number. */
export const isEmptyFile = (db: SqliteDb): boolean =>
  pragma(db, 'application_id') === 0 && db.get('SELECT 1 FROM sqlite_schema') === undefined;

/** Makes the tables in an empty file. Call inside a write: of two processes that start at once, one does it. */
export function makeVaultTables(db: SqliteDb): void {
  if (!isEmptyFile(db)) return;
  for (const statement of vaultSchema) db.exec(statement);
  db.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
  db.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
}

/** A vault that an earlier version of this program made. */
export const isEarlierVault = (db: SqliteDb): boolean =>
  pragma(db, 'application_id') === APPLICATION_ID && vaultUpgrades.has(pragma(db, 'user_version'));

/** Makes an earlier vault into today's, nothing lost. Call inside a write: of two processes that start at once, one does it. */
export function upgradeVaultTables(db: SqliteDb): void {
  while (isEarlierVault(db)) {
    const version = pragma(db, 'user_version');
    vaultUpgrades.get(version)?.(db);
    db.exec(`PRAGMA user_version = ${version + 1}`);
  }
}

/** Throws `vault-mismatch` where header or tables are not exactly what this program makes. */
export function checkVaultTables(db: SqliteDb): void {
  if (pragma(db, 'application_id') !== APPLICATION_ID)
    throw mismatch(db, 'is not a Latchkey vault');
  const version = pragma(db, 'user_version');
  if (version !== SCHEMA_VERSION) {
    throw mismatch(db, `has version ${version}, this program reads version ${SCHEMA_VERSION}`);
  }
  const rows = db.all('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL');
  const found = new Set(rows.map((row) => row['sql']));
  const same = found.size === vaultSchema.length && vaultSchema.every((sql) => found.has(sql));
  if (!same) throw mismatch(db, 'has other tables than this program makes');
}

const mismatch = (db: SqliteDb, what: string) =>
  new VaultFault('vault-mismatch', `${db.path} ${what}`);

const pragma = (db: SqliteDb, name: string) => z.number().parse(db.get(`PRAGMA ${name}`)?.[name]);
