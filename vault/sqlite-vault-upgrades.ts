import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import { vaultSchema } from './sqlite-vault-schema.ts';

/**
 * What makes a vault of one version into the next, by the version it begins with, inside the caller's write. Each ends
 * in tables whose text is today's: a step that a later version outdates is rewritten to lead there.
 */
export const vaultUpgrades: ReadonlyMap<number, (db: SqliteDb) => void> = new Map([[1, fromOne]]);

/**
 * Version 2 keeps tokens and renews them; version 1 had a table for them and never put a row there. Round trips hold
 * more than they did and live for ten minutes, so whoever is under way begins again. Notices are new.
 */
function fromOne(db: SqliteDb): void {
  db.exec('DELETE FROM round_trips');
  db.exec('DROP TABLE tokens');
  db.exec(statementOf('tokens'));
  widen(db, 'installation_keys');
  addMissing(db);
}

/** Makes what the earlier version did not know at all: tables and indexes of today that are not there. */
function addMissing(db: SqliteDb): void {
  const found = new Set(db.all('SELECT sql FROM sqlite_schema').map((row) => row['sql']));
  for (const sql of vaultSchema) if (!found.has(sql)) db.exec(sql);
}

/** Makes a table anew under today's text, with all its rows; the columns are the same. */
function widen(db: SqliteDb, table: string): void {
  const rows = db.all(`SELECT * FROM ${table}`);
  db.exec(`DROP TABLE ${table}`);
  db.exec(statementOf(table));
  for (const row of rows) {
    const columns = Object.keys(row);
    const places = columns.map(() => '?').join(', ');
    db.run(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`,
      ...Object.values(row),
    );
  }
}

function statementOf(table: string): string {
  const statement = vaultSchema.find((sql) => sql.startsWith(`CREATE TABLE ${table} `));
  if (statement === undefined) throw new Error(`the vault has no table ${table}`);
  return statement;
}
