import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { openSqlite } from '../sqlite/sqlite-open.ts';
import type { BenchProcess } from './bench-process.ts';
import type { Work } from './measure.ts';

/** How many rows one of a verb adds to log and vault, what it does in the background included. */
export async function rowsAdded({ dataDir }: BenchProcess, work: Work): Promise<number> {
  const before = await rowsIn(dataDir);
  await work();
  await sleep(100);
  return (await rowsIn(dataDir)) - before;
}

async function rowsIn(dataDir: string): Promise<number> {
  let rows = 0;
  for (const file of ['log.db', 'vault.db']) {
    const db = await openSqlite({ path: join(dataDir, file), readOnly: true });
    for (const table of db.all(`SELECT name FROM sqlite_schema WHERE type = 'table'`)) {
      const name = z.string().parse(table['name']);
      rows += Number(db.get(`SELECT count(*) AS rows FROM "${name}"`)?.['rows']);
    }
    db.close();
  }
  return rows;
}
