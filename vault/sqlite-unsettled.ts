import { z } from 'zod';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import type { UnsettledRow } from './vault.ts';

const unsettledRow = z.object({
  kind: z.enum(['key', 'credential']),
  id: z.string(),
  account_id: z.string(),
  attempt_id: z.string(),
});

/** Oldest first, so that a full batch of live attempts cannot hide an old one for ever. */
export function listUnsettled(db: SqliteDb, before: Date, max: number): readonly UnsettledRow[] {
  const rows = db.all(
    `SELECT 'key' AS kind, key_id AS id, account_id, attempt_id, made_at FROM keys
       WHERE settled = 0 AND state = 'active' AND made_at < ?
     UNION ALL
     SELECT 'credential', credential_id, account_id, attempt_id, made_at FROM credentials
       WHERE settled = 0 AND made_at < ?
     ORDER BY made_at LIMIT ?`,
    before.getTime(),
    before.getTime(),
    max,
  );
  return rows.map((row) => {
    const { kind, id, account_id: accountId, attempt_id: attemptId } = unsettledRow.parse(row);
    return { kind, id, accountId, attemptId };
  });
}

export function settleRows(db: SqliteDb, rows: readonly UnsettledRow[]): void {
  for (const { kind, id } of rows) {
    const sql =
      kind === 'key'
        ? 'UPDATE keys SET settled = 1 WHERE key_id = ?'
        : 'UPDATE credentials SET settled = 1 WHERE credential_id = ?';
    db.run(sql, id);
  }
}
