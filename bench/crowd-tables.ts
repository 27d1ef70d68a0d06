import { join } from 'node:path';
import type { StreamWrite } from '../eventstore/event-store.ts';
import { newestPosition } from '../eventstore/sqlite-events-table.ts';
import { liveTables } from '../projections/lookups.ts';
import { setCheckpoint } from '../projections/read-model.ts';
import { SqliteDb, type Sql } from '../sqlite/sqlite-driver.ts';
import type { Person } from './crowd-person.ts';

/** Log and vault of an installation that no process has open, written without waiting for any disk. */
export interface CrowdTables {
  readonly add: (people: readonly Person[]) => void;
  readonly close: () => void;
}

/** Keeps in memory what the next rows may touch; in KiB. */
const cache = 1_000_000;

export function openCrowdTables(dataDir: string): CrowdTables {
  const log = openBare(join(dataDir, 'log.db'));
  const vault = openBare(join(dataDir, 'vault.db'));
  const both = (sql: string) => [log, vault].forEach((db) => db.exec(sql));
  // One for all of them: their keys lie anywhere in the tables, so every commit would write most pages again.
  both('BEGIN');
  return {
    add: (people) => {
      for (const person of people) {
        addToLog(log, person);
        addToVault(vault, person);
      }
    },
    close: () => {
      both('COMMIT');
      setCheckpoint(log, newestPosition(log));
      both('PRAGMA journal_mode = WAL');
      both('PRAGMA wal_checkpoint(TRUNCATE)');
      log.close();
      vault.close();
    },
  };
}

function openBare(path: string): SqliteDb {
  const db = new SqliteDb(path);
  db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE');
  db.exec(`PRAGMA cache_size = -${cache}`);
  return db;
}

function addToLog(db: SqliteDb, { writes, accountId, revision, claims }: Person): void {
  for (const write of writes) addEvents(db, write);
  for (const { kind, key } of claims) insert(db, liveTables.keys, [kind, key, accountId]);
  insert(db, liveTables.accounts, [accountId, 'active', revision]);
}

function addEvents(db: SqliteDb, { stream, expected, events }: StreamWrite): void {
  let revision = expected === 'none' ? 0 : expected + 1;
  for (const { id, type, data, metadata } of events) {
    const content = [type, JSON.stringify(data), JSON.stringify(metadata)];
    insert(db, 'events', [null, stream, revision, id, ...content]);
    revision += 1;
  }
}

function addToVault(db: SqliteDb, { keys, credentials, sessions }: Person): void {
  insert(db, 'keys', keys);
  if (credentials) insert(db, 'credentials', credentials);
  insert(db, 'sessions', sessions);
}

const insert = (db: SqliteDb, table: string, row: readonly Sql[]) =>
  db.run(`INSERT INTO ${table} VALUES (?${', ?'.repeat(row.length - 1)})`, ...row);
