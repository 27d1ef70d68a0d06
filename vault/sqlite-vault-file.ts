import { setTimeout as sleep } from 'node:timers/promises';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import { SqliteWriter } from '../sqlite/sqlite-writer.ts';
import { asVaultFault, isBusy } from './sqlite-vault-faults.ts';

const PATIENCE_MS = 2_000;

/**
 * The one file of the vault: reads that wait out another process's lock, writes that share durable
 * transactions, faults in the vault's own words (`unavailable`, `vault-damaged`).
 */
export class SqliteVaultFile {
  readonly #db: SqliteDb;
  readonly #writer: SqliteWriter;

  constructor(db: SqliteDb) {
    this.#db = db;
    this.#writer = new SqliteWriter(db);
  }

  async read<T>(work: (db: SqliteDb) => T): Promise<T> {
    try {
      return await retryWhileBusy(() => work(this.#db));
    } catch (error) {
      throw asVaultFault(error);
    }
  }

  /** Durable when this resolves. All or nothing. */
  async write<T>(work: (db: SqliteDb) => T): Promise<T> {
    try {
      return await this.#writer.write(work);
    } catch (error) {
      throw asVaultFault(error);
    }
  }

  /**
   * Copies the write-ahead log into the file and empties it, so that overwritten bytes are in neither.
   * False if other connections were in the way for too long.
   */
  async truncateLog(patienceMs = PATIENCE_MS): Promise<boolean> {
    const giveUpAt = performance.now() + patienceMs;
    for (;;) {
      if (this.#truncateLogNow()) return true;
      if (performance.now() > giveUpAt) return false;
      await sleep(1 + Math.random() * 15);
    }
  }

  /** Waits for what was begun. The last connection to close also empties the write-ahead log. */
  async close(): Promise<void> {
    await this.#writer.idle();
    this.#db.close();
  }

  #truncateLogNow(): boolean {
    try {
      return this.#db.get('PRAGMA wal_checkpoint(TRUNCATE)')?.['busy'] === 0;
    } catch (error) {
      if (isBusy(error)) return false;
      throw asVaultFault(error);
    }
  }
}

/** Runs a work again while another connection holds a lock, without blocking the event loop. */
export async function retryWhileBusy<T>(work: () => T, patienceMs = PATIENCE_MS): Promise<T> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() > giveUpAt) throw error;
      await sleep(1 + Math.random() * 15);
    }
  }
}
