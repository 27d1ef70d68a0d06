import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { retryBusy } from '../sqlite/sqlite-busy.ts';
import { sqliteCode, type Connect, type SqliteDb } from '../sqlite/sqlite-driver.ts';
import { sqliteFault } from '../sqlite/sqlite-fault.ts';
import { openSqlite } from '../sqlite/sqlite-open.ts';
import { SqliteWriter } from '../sqlite/sqlite-writer.ts';
import { Unavailable } from './event-store.ts';
import { isLogDamaged, LogDamaged } from './log-damaged.ts';
import type { StreamNames } from './prefix.ts';
import { checkEventsTable, createEventsTable, isEmptyFile } from './sqlite-events-table.ts';
import { asReadFault } from './sqlite-log-reader.ts';
import { checkNothingIsLost, checkRecentEvents } from './sqlite-start-check.ts';
import { whyNotWritten } from './sqlite-writable.ts';

export interface OpenLogFile {
  readonly path: string;
  readonly inspect?: boolean;
  readonly connect?: Connect;
}

/** Two connections to one file (one and the same for ':memory:' and for a log that is only inspected). */
export interface LogFile {
  readonly reading: SqliteDb;
  readonly writing: SqliteDb;
}

const advice =
  'Nothing was changed. See what is affected with "latchkey verify"; to go on, restore the newest backup as docs/operations.md says.';

/** Makes or opens the file and checks it. Throws LogDamaged and Unavailable. */
export async function openLogFile(options: OpenLogFile, names: StreamNames): Promise<LogFile> {
  const opened: SqliteDb[] = [];
  try {
    return await openAndCheck(options, names, opened);
  } catch (error) {
    for (const db of opened) db.close();
    throw refusalToStart(error, options.path);
  }
}

function refusalToStart(error: unknown, path: string): unknown {
  // What SQLite cannot even name while a file is opened and checked (a format it does not know) is damage too.
  const unnamed = sqliteCode(error) !== undefined && sqliteFault(error) === undefined;
  const damage = unnamed
    ? new LogDamaged(`${path} is damaged`, undefined, { cause: error })
    : error;
  const fault = asReadFault(damage, path);
  if (!isLogDamaged(fault)) return whyNotWritten(fault) ?? fault;
  return new LogDamaged(`${fault.message}. ${advice}`, fault.event, { cause: fault });
}

async function openAndCheck(
  options: OpenLogFile,
  names: StreamNames,
  opened: SqliteDb[],
): Promise<LogFile> {
  const { path, inspect = false } = options;
  const remember = (db: SqliteDb) => {
    opened.push(db);
    return db;
  };
  checkNothingIsLost(path);
  if (inspect) {
    const only = remember(await openSqlite({ ...options, readOnly: true }));
    return { reading: only, writing: only };
  }
  makePrivateFile(path);
  const writing = remember(await openForWriting(options));
  if (await retryBusy(() => isEmptyFile(writing))) {
    await new SqliteWriter(writing).write(createEventsTable);
  }
  await retryBusy(() => checkEventsTable(writing));
  await retryBusy(() => checkRecentEvents(writing, names));
  if (path === ':memory:') return { reading: writing, writing };
  return { reading: remember(await openSqlite({ ...options, readOnly: true })), writing };
}

/** A file on a disk that may only be read still opens, for reading. */
async function openForWriting(options: OpenLogFile): Promise<SqliteDb> {
  try {
    return await openSqlite(options);
  } catch (error) {
    const fault = sqliteFault(error);
    if (fault !== 'read-only' && fault !== 'io') throw error;
    return openSqlite({ ...options, readOnly: true });
  }
}

/** SQLite gives -wal and -shm the mode of the file itself. Never touches a file that is there: see `inPlace`. */
function makePrivateFile(path: string): void {
  if (path === ':memory:' || statSync(path, { throwIfNoEntry: false })) return;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600));
  } catch (cause) {
    throw new Unavailable(`the log ${path} cannot be made`, { cause });
  }
}
