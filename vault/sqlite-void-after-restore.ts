import type { SqliteDb } from '../sqlite/sqlite-driver.ts';

/** What a copy must not revive: who is signed in, what is under way, what lets us act elsewhere, and where the log stood. */
const tables = ['sessions', 'round_trips', 'recoveries', 'tokens', 'log_head'] as const;

/** Empties them, inside the caller's transaction; answers how many sessions there were. */
export function voidAfterRestore(db: SqliteDb): number {
  const counts = tables.map((table) => [table, db.run(`DELETE FROM ${table}`)] as const);
  return counts.find(([table]) => table === 'sessions')?.[1] ?? 0;
}
