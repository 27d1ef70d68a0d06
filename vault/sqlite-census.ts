import { z } from 'zod';
import type { SqliteVaultFile } from './sqlite-vault-file.ts';
import type { Census, CensusKind, CensusRow } from './vault-census.ts';

const row = z.object({
  id: z.string(),
  account_id: z.string(),
  state: z.enum(['active', 'erasing', 'erased']).nullable(),
  settled: z.number(),
  key_id: z.string().nullable(),
  revision: z.number().nullable(),
  closing: z.number().nullable(),
});

const noSession = 'NULL AS key_id, NULL AS revision, NULL AS closing';

const pages: Readonly<Record<CensusKind, string>> = {
  key: `SELECT key_id AS id, account_id, state, settled, ${noSession} FROM keys
    WHERE key_id > ? ORDER BY key_id LIMIT ?`,
  credential: `SELECT credential_id AS id, account_id, NULL AS state, settled, ${noSession}
    FROM credentials WHERE credential_id > ? ORDER BY credential_id LIMIT ?`,
  session: `SELECT session_id AS id, account_id, NULL AS state,
    coalesce(keys.settled, 1) AS settled, key_id, proved_revision AS revision, closing
    FROM sessions LEFT JOIN keys USING (key_id, account_id)
    WHERE session_id > ? ORDER BY session_id LIMIT ?`,
  activity: `SELECT DISTINCT account_id AS id, account_id, NULL AS state, 1 AS settled, ${noSession}
    FROM activity WHERE account_id > ? ORDER BY account_id LIMIT ?`,
  recovery: `SELECT DISTINCT account_id AS id, account_id, NULL AS state, 1 AS settled, ${noSession}
    FROM recoveries WHERE account_id > ? ORDER BY account_id LIMIT ?`,
};

export class SqliteCensus implements Census {
  readonly #file: SqliteVaultFile;

  constructor(file: SqliteVaultFile) {
    this.#file = file;
  }

  async page(kind: CensusKind, after: string, max: number): Promise<readonly CensusRow[]> {
    const stored = await this.#file.read((db) => db.all(pages[kind], after, max));
    return stored.map((given) => {
      const {
        id,
        account_id: accountId,
        state,
        settled,
        key_id: keyId,
        revision,
        closing,
      } = row.parse(given);
      const session =
        keyId === null || revision === null
          ? null
          : { keyId, provedRevision: revision, closing: closing === 1 };
      return { kind, id, accountId, state, settled: settled === 1, session };
    });
  }
}
