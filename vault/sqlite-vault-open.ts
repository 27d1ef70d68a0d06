import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { retryBusy } from '../sqlite/sqlite-busy.ts';
import type { Connect, SqliteDb } from '../sqlite/sqlite-driver.ts';
import { sqliteFault } from '../sqlite/sqlite-fault.ts';
import { openSqlite } from '../sqlite/sqlite-open.ts';
import { asVaultFault } from './sqlite-vault-faults.ts';
import { SqliteVaultFile } from './sqlite-vault-file.ts';
import {
  checkVaultTables,
  isEarlierVault,
  isEmptyFile,
  makeVaultTables,
  upgradeVaultTables,
} from './sqlite-vault-tables.ts';
import { VaultFault } from './vault-fault.ts';

/** Larger files are left to `doctor`, so that a start stays under a second. */
const CHECKED_AT_START_BYTES = 64 * 1024 * 1024;

export interface OpenVaultFile {
  /** A file, or ':memory:' in tests. */
  readonly path: string;
  /** Tests hand in a connection that fails on demand. */
  readonly connect?: Connect;
}

/**
 * Opens or makes the vault's file, readable by its owner only; on a disk that may only be read, for reading.
 * Throws `vault-mismatch` where the file is no vault of this version, `vault-damaged`, `unavailable`.
 */
export async function openSqliteVaultFile(options: OpenVaultFile): Promise<SqliteVaultFile> {
  let opened: SqliteDb | undefined;
  try {
    makePrivateFile(options.path);
    const db = await openConnection(options);
    opened = db;
    // Journals of a transaction's savepoints stay in memory, not in files that nobody overwrites.
    db.exec('PRAGMA temp_store = MEMORY');
    const file = new SqliteVaultFile(db);
    if (await retryBusy(() => isEmptyFile(db))) await file.write(makeVaultTables);
    if (await retryBusy(() => isEarlierVault(db))) await file.write(upgradeVaultTables);
    await retryBusy(() => checkVaultTables(db));
    await retryBusy(() => checkStructure(db));
    return file;
  } catch (error) {
    opened?.close();
    throw asVaultFault(error);
  }
}

async function openConnection(options: OpenVaultFile): Promise<SqliteDb> {
  try {
    return await openSqlite({ ...options, secureDelete: true });
  } catch (error) {
    if (sqliteFault(error) !== 'read-only') throw error;
    return openSqlite({ ...options, readOnly: true });
  }
}

/**
 * SQLite gives -wal and -shm the mode of the file itself. A file that is there is not touched: closing it here
 * would drop the locks of every connection of this process.
 */
function makePrivateFile(path: string): void {
  try {
    if (path === ':memory:' || statSync(path, { throwIfNoEntry: false })) return;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600));
  } catch (cause) {
    throw new VaultFault('unavailable', `the vault file ${path} cannot be opened`, { cause });
  }
}

function checkStructure(db: SqliteDb): void {
  const size = statSync(db.path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > CHECKED_AT_START_BYTES) return;
  const answer = db.get('PRAGMA quick_check(1)')?.['quick_check'];
  if (answer !== 'ok') throw new VaultFault('vault-damaged', `${db.path} is damaged`);
}
