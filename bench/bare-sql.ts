import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlite } from '../sqlite/sqlite-open.ts';
import { benchFolder } from './bench-process.ts';
import type { Work } from './measure.ts';

/** A file under the same pragmas as the log, and nothing above it. */
export interface BareSql {
  /** One durable commit of so many rows, each as large as an event's and found by two keys. */
  readonly commit: (rows: number) => Work;
  readonly close: () => void;
}

const content = 'x'.repeat(600);

export async function openBareSql(): Promise<BareSql> {
  const folder = benchFolder();
  const db = await openSqlite({ path: join(folder, 'bare.db') });
  db.exec(`CREATE TABLE rows (
    place INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL, content TEXT NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT`);
  const insert = () =>
    db.run('INSERT INTO rows VALUES (NULL, ?, 0, ?)', `account-${randomUUID()}`, content);
  return {
    commit: (rows) => async () => {
      db.exec('BEGIN IMMEDIATE');
      for (let row = 0; row < rows; row += 1) insert();
      db.exec('COMMIT');
    },
    close: () => {
      db.close();
      rmSync(folder, { recursive: true });
    },
  };
}
