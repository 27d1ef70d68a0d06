import { z } from 'zod';
import type { SqliteVaultFile } from './sqlite-vault-file.ts';
import type { LogHead, LogHeads } from './vault.ts';

const headRow = z.object({
  log_id: z.string(),
  stream: z.string(),
  revision: z.number(),
  chain: z.string(),
});

export class SqliteLogHeads implements LogHeads {
  readonly #file: SqliteVaultFile;

  constructor(file: SqliteVaultFile) {
    this.#file = file;
  }

  async get(): Promise<LogHead | undefined> {
    return this.#file.read((db) => {
      const row = headRow.optional().parse(db.get('SELECT * FROM log_head'));
      if (!row) return undefined;
      const { log_id: logId, stream, revision, chain } = row;
      return { logId, stream, revision, chain };
    });
  }

  async put({ logId, stream, revision, chain }: LogHead): Promise<void> {
    await this.#file.write((db) => {
      const sql = 'INSERT OR REPLACE INTO log_head VALUES (1, ?, ?, ?, ?)';
      db.run(sql, logId, stream, revision, chain);
    });
  }
}
