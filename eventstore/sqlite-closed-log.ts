import { retryBusy } from '../sqlite/sqlite-busy.ts';
import { SqliteDb } from '../sqlite/sqlite-driver.ts';
import { sqliteFault } from '../sqlite/sqlite-fault.ts';
import { openSqliteEventStore, type SqliteEventStore } from './sqlite-event-store.ts';
import { checkEventsTable } from './sqlite-events-table.ts';
import { asReadFault } from './sqlite-log-reader.ts';
import { checkNothingIsLost } from './sqlite-start-check.ts';

/** Another process has the file open. */
export class LogInUse extends Error {
  readonly code = 'log-in-use';
}

/**
 * Opens an embedded log for reading, and for nobody else: until it is closed no other process can write the file, or
 * even open it. SQLite itself holds the lock, which ends with this process however it ends. Throws LogInUse where
 * another process has the file open, LogDamaged where it is no log of this program, Unavailable.
 */
export async function openClosedSqliteLog(place: {
  readonly path: string;
  readonly prefix: string;
}): Promise<SqliteEventStore> {
  checkNothingIsLost(place.path);
  const db = await shutOthersOut(place.path);
  return openSqliteEventStore({ ...place, inspect: true, connect: () => db });
}

/**
 * In this mode SQLite keeps the lock after the transaction that took it:
 * https://www.sqlite.org/pragma.html#pragma_locking_mode
 */
async function shutOthersOut(path: string): Promise<SqliteDb> {
  let db: SqliteDb | undefined;
  try {
    const opened = new SqliteDb(path);
    db = opened;
    opened.exec('PRAGMA locking_mode = EXCLUSIVE');
    await retryBusy(() => opened.exec('BEGIN EXCLUSIVE'));
    opened.exec('COMMIT');
    checkEventsTable(opened);
    return opened;
  } catch (error) {
    db?.close();
    if (sqliteFault(error) !== 'busy') throw asReadFault(error, path);
    throw new LogInUse(`${path} is open in another process; stop the app first`, { cause: error });
  }
}
