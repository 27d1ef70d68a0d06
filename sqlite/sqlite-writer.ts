import { lockTimeoutMs, waitForLock } from './sqlite-busy.ts';
import type { SqliteDb } from './sqlite-driver.ts';
import { sqliteFault } from './sqlite-fault.ts';
import { commitTogether, rejectAll, type WriterJob } from './sqlite-group-commit.ts';
import { WriterBusy, WriterGone } from './sqlite-writer-fault.ts';

export interface WriterOptions {
  /** How long a work waits for its turn and for other processes' locks, in milliseconds; default 2,000. */
  readonly lockTimeoutMs?: number;
  /** How many works may wait; one more is refused at once. Default 1,000. */
  readonly maxQueue?: number;
}

/**
 * Writes of one process to one file. Works that arrive together share one durable transaction;
 * each is all or nothing by itself (a savepoint), so one that throws takes nothing of the others.
 * Waits for other processes' locks without blocking the event loop, with jitter.
 */
export class SqliteWriter {
  readonly #db: SqliteDb;
  readonly #lockTimeoutMs: number;
  readonly #maxQueue: number;
  readonly #queue: WriterJob[] = [];
  #draining: Promise<void> | undefined;
  #closed = false;

  constructor(db: SqliteDb, options: WriterOptions = {}) {
    this.#db = db;
    this.#lockTimeoutMs = options.lockTimeoutMs ?? lockTimeoutMs;
    this.#maxQueue = options.maxQueue ?? 1_000;
  }

  /** Of the file it writes. */
  get path(): string {
    return this.#db.path;
  }

  /**
   * Runs a synchronous work inside a durable transaction and answers what it returned, after the commit.
   * Rejects with what the work threw; with WriterBusy or WriterGone (nothing written); with CommitFailed
   * (unknown); with SQLite's own error where the file cannot be written (nothing written).
   */
  write<T>(work: (db: SqliteDb) => T): Promise<T> {
    if (this.#closed) return Promise.reject(new WriterGone('the writer is closed'));
    if (this.#queue.length >= this.#maxQueue) {
      return Promise.reject(new WriterBusy('too many writes are waiting'));
    }
    const giveUpAt = performance.now() + this.#lockTimeoutMs;
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ work, giveUpAt, resolve: resolve as (value: unknown) => void, reject });
      this.#draining ??= this.#drain();
    });
  }

  /** Resolves when nothing is waiting any more. */
  async idle(): Promise<void> {
    await this.#draining;
  }

  /** Takes no more works and resolves when the waiting ones are settled. Leaves the connection open. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.idle();
  }

  async #drain(): Promise<void> {
    for (;;) {
      // Let everything that is already on its way join this transaction.
      await new Promise((resolve) => setImmediate(resolve));
      this.#rejectExpired();
      if (this.#queue.length === 0) break;
      const begun = this.#begin();
      if (begun === 'busy') await waitForLock();
      if (begun === 'begun') commitTogether(this.#db, this.#queue);
    }
    this.#draining = undefined;
  }

  #rejectExpired(): void {
    const now = performance.now();
    // All wait equally long, so the first in the queue expires first.
    const waiting = this.#queue.findIndex((job) => job.giveUpAt >= now);
    if (waiting === 0 || this.#queue.length === 0) return;
    rejectAll(
      this.#queue.splice(0, waiting === -1 ? this.#queue.length : waiting),
      new WriterBusy('the lock was not had in time'),
    );
  }

  #begin(): 'begun' | 'busy' | 'failed' {
    try {
      if (!this.#db.inPlace) throw new WriterGone(`the file is no longer at ${this.#db.path}`);
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
      this.#db.exec('BEGIN IMMEDIATE');
      return 'begun';
    } catch (error) {
      if (sqliteFault(error) === 'busy') return 'busy';
      rejectAll(this.#queue.splice(0), error);
      return 'failed';
    }
  }
}
