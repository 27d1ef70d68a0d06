import { sqliteCode } from './sqlite-driver.ts';

/**
 * What went wrong, as far as a caller must act differently:
 * 'busy' somebody else has the lock (wait) · 'full' no room · 'io' the disk or the path failed ·
 * 'read-only' the file may not be written · 'damaged' the file is not a sound database.
 */
export type SqliteFault = 'busy' | 'full' | 'io' | 'read-only' | 'damaged';

/** https://www.sqlite.org/rescode.html */
const faults: Readonly<Record<number, SqliteFault>> = {
  5: 'busy', // SQLITE_BUSY
  6: 'busy', // SQLITE_LOCKED
  15: 'busy', // SQLITE_PROTOCOL: a race for the WAL's locks was lost too often
  13: 'full', // SQLITE_FULL
  7: 'io', // SQLITE_NOMEM
  10: 'io', // SQLITE_IOERR
  14: 'io', // SQLITE_CANTOPEN
  8: 'read-only', // SQLITE_READONLY
  11: 'damaged', // SQLITE_CORRUPT
  26: 'damaged', // SQLITE_NOTADB
};

/** The kind of a fault SQLite threw; undefined for every other error (constraints, mistakes, not SQLite's). */
export function sqliteFault(error: unknown): SqliteFault | undefined {
  const code = sqliteCode(error);
  return code === undefined ? undefined : faults[code];
}
