import type { SqliteDb } from '../sqlite/sqlite-driver.ts';

/** Every table whose rows are somebody's, but for `keys`, which are overwritten and stay as a record. */
const tables = [
  'sessions',
  'credentials',
  'tokens',
  'recoveries',
  'round_trips',
  'activity',
] as const;

/** Deletes every row of an account, and the limits counted under these keys; inside the caller's transaction. */
export function forgetAccount(db: SqliteDb, accountId: string, limitKeys: readonly string[]): void {
  for (const table of tables) db.run(`DELETE FROM ${table} WHERE account_id = ?`, accountId);
  for (const key of limitKeys) db.run('DELETE FROM limits WHERE key = ?', key);
}
