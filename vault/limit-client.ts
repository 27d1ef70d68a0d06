import type { Sql, SqliteDb } from '../sqlite/sqlite-driver.ts';
import type { SqliteVaultFile } from './sqlite-vault-file.ts';

/**
 * The calls of better-sqlite3 that RateLimiterSQLite makes, carried out by the vault's writer: a limiter's
 * transaction joins the durable one that is due anyway, and waits for other processes without blocking.
 */
export function limitClient(file: SqliteVaultFile) {
  let inTransaction: SqliteDb | undefined;
  return {
    prepare: (sql: string) => ({
      get: (...values: Sql[]) => {
        if (!inTransaction) throw new Error('the limiter left its transaction');
        return inTransaction.get(sql, ...values);
      },
    }),
    transaction: (work: () => unknown) => () =>
      file.write((db) => {
        inTransaction = db;
        try {
          return work();
        } finally {
          inTransaction = undefined;
        }
      }),
  };
}
