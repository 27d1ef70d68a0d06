import { RateLimiterRes, RateLimiterSQLite } from 'rate-limiter-flexible';
import { limitBudgets } from './limit-budgets.ts';
import { limitClient } from './limit-client.ts';
import type { SqliteVaultFile } from './sqlite-vault-file.ts';
import { allowed, limitNames, refused, type LimitAnswer, type LimitName } from './vault-limits.ts';

/** One window of one budget, as it is stored. */
export interface Counter {
  readonly name: LimitName;
  readonly storedKey: string;
}

export interface Limiters {
  /** Spends a point, or says how long there is none. Throws what the vault's file throws. */
  consume(counter: Counter): Promise<LimitAnswer>;
}

/** rate-limiter-flexible counts, inside the vault's own transactions and on the machine's clock. */
export function createLimiters(file: SqliteVaultFile): Limiters {
  const storeClient = limitClient(file);
  const entries = limitNames.map((name) => {
    const { points, seconds: duration } = limitBudgets[name];
    const options = { storeClient, storeType: 'better-sqlite3', tableName: 'limits' };
    const table = { tableCreated: true, keyPrefix: '', clearExpiredByTimeout: false };
    return [name, new RateLimiterSQLite({ ...options, ...table, points, duration })] as const;
  });
  const limiters = Object.fromEntries(entries) as Record<LimitName, RateLimiterSQLite>;
  return {
    async consume({ name, storedKey }) {
      try {
        await limiters[name].consume(storedKey);
        return allowed;
      } catch (error) {
        if (error instanceof RateLimiterRes) return refused(error.msBeforeNext);
        throw error;
      }
    },
  };
}
