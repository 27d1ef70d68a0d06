import { SqliteDb, type Connect } from './sqlite-driver.ts';
import { retryBusy } from './sqlite-busy.ts';

export interface OpenSqlite {
  /** A file, or ':memory:'. */
  readonly path: string;
  readonly readOnly?: boolean;
  /** Overwrite deleted content with zeros (the vault). Default false. */
  readonly secureDelete?: boolean;
  /**
   * Everything in the file comes again from elsewhere: a power failure may take its last transactions, each whole.
   * Commits then wait for no disk. Default false.
   */
  readonly derived?: boolean;
  readonly connect?: Connect;
}

/**
 * Pages in the write-ahead log (16 MB) before they are copied into the file. Ids are random, so a page that is written
 * again soon is copied once; with SQLite's own 1,000 a seventh of the time of many registrations went there. What is erased
 * does not wait for it: erasing empties the log by itself.
 */
export const CHECKPOINT_PAGES = 4_000;

/** SQLite did not take a setting that our durability rests on. */
export class PragmaRefused extends Error {
  readonly code = 'sqlite-pragma-refused';
}

/**
 * Opens a file for durable use: WAL, a flush on every commit unless `derived` (fullfsync: on macOS too), foreign keys on,
 * no waiting inside SQLite. Every setting is read back. Waits up to 2 s for another process's lock.
 * Throws SQLite's own errors and PragmaRefused.
 */
export async function openSqlite(options: OpenSqlite): Promise<SqliteDb> {
  const connect = options.connect ?? ((path, given) => new SqliteDb(path, given));
  const db = connect(options.path, { readOnly: options.readOnly ?? false });
  try {
    for (const [name, wanted] of Object.entries(settings(options))) {
      await retryBusy(() => set(db, name, wanted));
    }
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

/** A pragma's name, the value to set, and what it then answers. */
interface Setting {
  readonly set: string;
  readonly answers: string | number;
}

function settings(options: OpenSqlite): Record<string, Setting> {
  const { path, readOnly, secureDelete, derived } = options;
  const common: Record<string, Setting> = {
    busy_timeout: { set: '0', answers: 0 },
    foreign_keys: { set: 'ON', answers: 1 },
    trusted_schema: { set: 'OFF', answers: 0 },
  };
  if (readOnly) return { ...common, query_only: { set: 'ON', answers: 1 } };
  return {
    ...common,
    journal_mode: { set: 'WAL', answers: path === ':memory:' ? 'memory' : 'wal' },
    synchronous: derived ? { set: 'NORMAL', answers: 1 } : { set: 'FULL', answers: 2 },
    fullfsync: { set: 'ON', answers: 1 },
    wal_autocheckpoint: { set: String(CHECKPOINT_PAGES), answers: CHECKPOINT_PAGES },
    secure_delete: secureDelete ? { set: 'ON', answers: 1 } : { set: 'OFF', answers: 0 },
  };
}

function set(db: SqliteDb, name: string, wanted: Setting): void {
  db.get(`PRAGMA ${name} = ${wanted.set}`);
  const answer = Object.values(db.get(`PRAGMA ${name}`) ?? {})[0];
  if (answer !== wanted.answers) {
    throw new PragmaRefused(`PRAGMA ${name} is ${JSON.stringify(answer)}, not ${wanted.answers}`);
  }
}
