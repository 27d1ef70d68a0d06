import { z } from 'zod';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import { newToken, tokenHash } from './one-time-token.ts';
import { CLOCK_LEEWAY_MS } from './session-bounds.ts';
import type { SqliteVaultFile } from './sqlite-vault-file.ts';
import type { Recoveries } from './vault.ts';

const LIFE_MS = 60 * 60 * 1000;

const recoveryRow = z.object({
  account_id: z.string(),
  made_at: z.number(),
  consumed: z.number(),
});

export class SqliteRecoveries implements Recoveries {
  readonly #file: SqliteVaultFile;

  constructor(file: SqliteVaultFile) {
    this.#file = file;
  }

  async make(accountId: string, at: Date): Promise<string> {
    const token = newToken();
    await this.#file.write((db) => {
      db.run('DELETE FROM recoveries WHERE account_id = ?', accountId);
      db.run(
        'INSERT INTO recoveries VALUES (?, ?, ?, 0)',
        tokenHash(token),
        accountId,
        at.getTime(),
      );
    });
    return token;
  }

  async find(token: string, at: Date): Promise<{ readonly accountId: string } | undefined> {
    return this.#file.read((db) => {
      const row = usableRow(db, token, at);
      return row && { accountId: row.account_id };
    });
  }

  async consume(token: string, at: Date): Promise<boolean> {
    return this.#file.write((db) => {
      if (!usableRow(db, token, at)) return false;
      const sql = 'UPDATE recoveries SET consumed = 1 WHERE token_hash = ? AND consumed = 0';
      return db.run(sql, tokenHash(token)) === 1;
    });
  }

  async deleteAllOf(accountId: string): Promise<void> {
    await this.#file.write((db) =>
      db.run('DELETE FROM recoveries WHERE account_id = ?', accountId),
    );
  }

  /** Removes links past their hour; answers how many. */
  async prune(now: Date): Promise<number> {
    return this.#file.write((db) =>
      db.run('DELETE FROM recoveries WHERE made_at <= ?', now.getTime() - LIFE_MS),
    );
  }
}

function usableRow(db: SqliteDb, token: string, at: Date) {
  const stored = db.get('SELECT * FROM recoveries WHERE token_hash = ?', tokenHash(token));
  const row = recoveryRow.optional().parse(stored);
  if (!row || row.consumed === 1) return undefined;
  const age = at.getTime() - row.made_at;
  return age >= -CLOCK_LEEWAY_MS && age < LIFE_MS ? row : undefined;
}
