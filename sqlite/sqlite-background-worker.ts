import { closeSync, existsSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { BackgroundTask } from './sqlite-background.ts';
import { SqliteDb } from './sqlite-driver.ts';

// What the only caller, sqlite-background.ts, sends.
parentPort?.postMessage(run(workerData as BackgroundTask));

/** Problems found; none for a copy. */
function run(task: BackgroundTask): string[] {
  const db = new SqliteDb(task.path, { readOnly: true });
  try {
    // Here nobody is kept waiting when SQLite itself waits for a lock.
    db.exec('PRAGMA busy_timeout = 2000');
    return task.kind === 'check' ? check(db) : copy(db, task.target);
  } finally {
    db.close();
  }
}

function check(db: SqliteDb): string[] {
  return db
    .all('PRAGMA integrity_check')
    .map((row) => JSON.stringify(row['integrity_check']))
    .filter((line) => line !== '"ok"');
}

function copy(db: SqliteDb, target: string): string[] {
  if (existsSync(target)) throw new Error(`${target} is there already`);
  // The copy is readable by its owner only, like what it is copied from.
  closeSync(openSync(target, 'wx', 0o600));
  db.run('VACUUM INTO ?', target);
  for (const path of [target, dirname(target)]) flush(path);
  return [];
}

function flush(path: string): void {
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
}
