import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { methodRef, origin } from '../domain/account/events.ts';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import type { ColumnKey } from './data-key.ts';
import { columnContext } from './key-contexts.ts';
import type { MasterKeyRing } from './master-keys.ts';
import { openDataKey } from './sqlite-data-keys.ts';
import type { SqliteVaultFile } from './sqlite-vault-file.ts';
import {
  activityKinds,
  type Activity,
  type ActivityLog,
  type NewActivity,
} from './vault-activity.ts';

const KEPT_MS = 90 * 24 * 60 * 60 * 1000;

const activityRow = z.object({
  place: z.number(),
  activity_id: z.string(),
  account_id: z.string(),
  key_id: z.string(),
  kind: z.enum(activityKinds),
  at: z.number(),
  entry: z.instanceof(Uint8Array),
});
const entryText = z.object({ method: methodRef.nullable(), device: origin });

const entryContext = (activityId: string) => columnContext('activity', activityId, 'entry');

export class SqliteActivity implements ActivityLog {
  readonly #file: SqliteVaultFile;
  readonly #ring: MasterKeyRing;

  constructor(file: SqliteVaultFile, ring: MasterKeyRing) {
    this.#file = file;
    this.#ring = ring;
  }

  /** An account whose key was erased keeps no activity: nothing is recorded. */
  async record(entry: NewActivity): Promise<void> {
    await this.#file.write((db) => {
      const key = openDataKey(db, this.#ring, entry.keyId);
      if (key !== 'erased') insertActivity(db, key, entry);
    });
  }

  /** By place, not by time: a clock that went back does not shuffle the list (F22). */
  async list(
    accountId: string,
    max: number,
    before = Number.MAX_SAFE_INTEGER,
  ): Promise<readonly Activity[]> {
    return this.#file.read((db) => {
      const sql =
        'SELECT * FROM activity WHERE account_id = ? AND place < ? ORDER BY place DESC LIMIT ?';
      return db.all(sql, accountId, before, max).flatMap((row) => this.#open(db, row) ?? []);
    });
  }

  async deleteAllOf(accountId: string): Promise<void> {
    await this.#file.write((db) => db.run('DELETE FROM activity WHERE account_id = ?', accountId));
  }

  async prune(now: Date): Promise<number> {
    return this.#file.write((db) =>
      db.run('DELETE FROM activity WHERE at < ?', now.getTime() - KEPT_MS),
    );
  }

  #open(db: SqliteDb, stored: unknown): Activity | undefined {
    const row = activityRow.parse(stored);
    const key = openDataKey(db, this.#ring, row.key_id);
    if (key === 'erased') return undefined;
    const text = key.openColumn(entryContext(row.activity_id), row.entry);
    return {
      activityId: row.activity_id,
      place: row.place,
      accountId: row.account_id,
      kind: row.kind,
      at: new Date(row.at),
      ...entryText.parse(JSON.parse(text)),
    };
  }
}

/** `key`: the account's, by the entry's `keyId`. */
export function insertActivity(db: SqliteDb, key: ColumnKey, entry: NewActivity): void {
  const activityId = randomUUID();
  const text = JSON.stringify({ method: entry.method, device: entry.device });
  db.run(
    'INSERT INTO activity VALUES (NULL, ?, ?, ?, ?, ?, ?)',
    activityId,
    entry.accountId,
    entry.keyId,
    entry.kind,
    entry.at.getTime(),
    key.sealColumn(entryContext(activityId), text),
  );
}
