import { lockTimeoutMs, retryBusy, waitForLock } from '../sqlite/sqlite-busy.ts';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import { sqliteFault } from '../sqlite/sqlite-fault.ts';
import { SqliteWriter } from '../sqlite/sqlite-writer.ts';
import { asVaultFault } from './sqlite-vault-faults.ts';

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
      return await retryBusy(() => work(this.#db));
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
   * False if other connections were in the way for 2 s.
   */
  async truncateLog(): Promise<boolean> {
    const giveUpAt = performance.now() + lockTimeoutMs;
    while (!this.#truncateLogNow()) {
      if (performance.now() > giveUpAt) return false;
      await waitForLock();
    }
    return true;
  }

  /** Waits for what was begun. The last connection to close also empties the write-ahead log. */
  async close(): Promise<void> {
    await this.#writer.close();
    this.#db.close();
  }

  #truncateLogNow(): boolean {
    try {
      return this.#db.get('PRAGMA wal_checkpoint(TRUNCATE)')?.['busy'] === 0;
    } catch (error) {
      if (sqliteFault(error) === 'busy') return false;
      throw asVaultFault(error);
    }
  }
}
