import { closeSync, fsyncSync, openSync } from 'node:fs';
import { retryBusy } from './sqlite-busy.ts';
import { SqliteDb } from './sqlite-driver.ts';
import { sqliteFault } from './sqlite-fault.ts';

/**
 * Copies a database whole, as it stands at one moment, while others read and write it: what is still in the write-ahead
 * log comes along, and what was deleted does not. The copy is its owner's only, and durable when this resolves.
 * Throws where the target exists, and SQLite's own errors.
 */
export async function copySqlite(from: string, to: string): Promise<void> {
  // SQLite writes into an empty file: made here, nobody else can ever open it.
  closeSync(openSync(to, 'wx', 0o600));
  const db = new SqliteDb(from);
  try {
    await retryBusy(() => db.run('VACUUM INTO ?', to));
  } finally {
    db.close();
  }
  flush(to);
}

/** Does any other connection, of whatever process, have this database open? */
export function isOpenElsewhere(path: string): boolean {
  const db = new SqliteDb(path);
  try {
    // Leaving the write-ahead log takes a lock that nobody gets beside others. Who opens it next brings it back.
    return db.get('PRAGMA journal_mode = DELETE')?.['journal_mode'] !== 'delete';
  } catch (error) {
    if (sqliteFault(error) === 'busy') return true;
    throw error;
  } finally {
    db.close();
  }
}

function flush(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
