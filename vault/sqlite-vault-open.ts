import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { SqliteDb } from '../sqlite/sqlite-driver.ts';
import { asVaultFault } from './sqlite-vault-faults.ts';
import { retryWhileBusy, SqliteVaultFile } from './sqlite-vault-file.ts';
import { APPLICATION_ID, SCHEMA_VERSION, vaultSchema } from './sqlite-vault-schema.ts';
import { VaultFault } from './vault-fault.ts';

/** Larger files are left to `doctor`, so that a start stays under a second. */
const CHECKED_AT_START_BYTES = 64 * 1024 * 1024;

/** Name, statement, and what reading it back must say. */
const pragmas = [
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['secure_delete', 'ON', 1],
  ['temp_store', 'MEMORY', 2],
  ['trusted_schema', 'OFF', 0],
] as const;

/**
 * Opens or makes the vault's file, readable by its owner only. Throws `vault-mismatch` where the file is not
 * a vault of this version, `vault-damaged` where its structure is broken, `unavailable` where it cannot be had.
 */
export async function openSqliteVaultFile(path: string): Promise<SqliteVaultFile> {
  let db: SqliteDb | undefined;
  try {
    makePrivateFile(path);
    const opened = new SqliteDb(path);
    db = opened;
    const isNew = await retryWhileBusy(() => checkHeader(opened));
    if (!isNew) await retryWhileBusy(() => checkStructure(opened));
    await retryWhileBusy(() => setPragmas(opened));
    const file = new SqliteVaultFile(opened);
    await file.write(makeSchema);
    await file.read(checkSchema);
    return file;
  } catch (error) {
    db?.close();
    throw asVaultFault(error);
  }
}

function makePrivateFile(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // SQLite gives -wal and -shm the mode of the file itself.
    closeSync(openSync(path, 'a', 0o600));
  } catch (cause) {
    throw new VaultFault('unavailable', `the vault file ${path} cannot be opened`, { cause });
  }
}

/** True for an empty file. Throws where the file is something else. */
function checkHeader(db: SqliteDb): boolean {
  const application = pragma(db, 'application_id');
  const version = pragma(db, 'user_version');
  const isEmpty = db.get('SELECT 1 FROM sqlite_schema') === undefined;
  if (isEmpty && application === 0 && version === 0) return true;
  if (application !== APPLICATION_ID) {
    throw new VaultFault('vault-mismatch', `${db.path} is not a Latchkey vault`);
  }
  if (version !== SCHEMA_VERSION) {
    throw new VaultFault(
      'vault-mismatch',
      `${db.path} has schema version ${String(version)}, this program knows ${SCHEMA_VERSION}`,
    );
  }
  return false;
}

function checkStructure(db: SqliteDb): void {
  if (statSync(db.path).size > CHECKED_AT_START_BYTES) return;
  const answer = db.get('PRAGMA quick_check(1)')?.['quick_check'];
  if (answer !== 'ok') throw new VaultFault('vault-damaged', `${db.path} is damaged`);
}

function setPragmas(db: SqliteDb): void {
  for (const [name, value, expected] of pragmas) {
    db.exec(`PRAGMA ${name} = ${value}`);
    if (pragma(db, name) !== expected) {
      throw new VaultFault('unavailable', `${db.path} does not take ${name}=${value}`);
    }
  }
}

/** Two processes may start at once: whoever has the write lock first makes the tables. */
function makeSchema(db: SqliteDb): void {
  if (!checkHeader(db)) return;
  for (const statement of vaultSchema) db.exec(statement);
  db.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
  db.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
}

function checkSchema(db: SqliteDb): void {
  const rows = db.all('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL');
  const found = new Set(rows.map((row) => row['sql']));
  const same = found.size === vaultSchema.length && vaultSchema.every((sql) => found.has(sql));
  if (!same)
    throw new VaultFault('vault-mismatch', `${db.path} has other tables than this program`);
}

function pragma(db: SqliteDb, name: string): string | number {
  return z.union([z.string(), z.number()]).parse(db.get(`PRAGMA ${name}`)?.[name]);
}
