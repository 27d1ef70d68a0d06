import { setTimeout as sleep } from 'node:timers/promises';
import { sqliteCode, type SqliteDb } from './sqlite-driver.ts';

const BUSY = 5;
const LOCKED = 6;

export interface WriterOptions {
  /** How long to wait for another process's lock before giving up, in milliseconds. */
  readonly lockTimeoutMs?: number;
  /** How many works may wait; one more is refused at once. */
  readonly maxQueue?: number;
}

/** The lock was not had in time, or too many are waiting: certainly nothing was written. */
export class WriterBusy extends Error {
  readonly code = 'writer-busy';
}

/** COMMIT itself failed: the work may or may not be in the file. */
export class CommitFailed extends Error {
  readonly code = 'commit-failed';
}

interface Job {
  readonly work: (db: SqliteDb) => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
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
  #queue: Job[] = [];
  #draining: Promise<void> | undefined;

  constructor(db: SqliteDb, options: WriterOptions = {}) {
    this.#db = db;
    this.#lockTimeoutMs = options.lockTimeoutMs ?? 2_000;
    this.#maxQueue = options.maxQueue ?? 1_000;
  }

  /**
   * Runs a synchronous work inside a durable transaction and answers what it returned, after the commit.
   * Rejects with what the work threw; with WriterBusy (nothing written); with CommitFailed (unknown);
   * with SQLite's own error where the file cannot be written (nothing written).
   */
  write<T>(work: (db: SqliteDb) => T): Promise<T> {
    if (this.#queue.length >= this.#maxQueue) {
      return Promise.reject(new WriterBusy('too many writes are waiting'));
    }
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ work, resolve: resolve as (value: unknown) => void, reject });
      this.#draining ??= this.#drain();
    });
  }

  /** Resolves when nothing is waiting any more. */
  async idle(): Promise<void> {
    await this.#draining;
  }

  async #drain(): Promise<void> {
    await Promise.resolve();
    while (this.#queue.length > 0) {
      // Let everything that is already on its way join this transaction.
      await new Promise((resolve) => setImmediate(resolve));
      const jobs = this.#queue;
      this.#queue = [];
      await this.#commitTogether(jobs);
    }
    this.#draining = undefined;
  }

  async #commitTogether(jobs: readonly Job[]): Promise<void> {
    try {
      await this.#begin();
    } catch (error) {
      for (const job of jobs) job.reject(error);
      return;
    }
    const settled: (() => void)[] = [];
    try {
      for (const job of jobs) settled.push(this.#runOne(job));
    } catch (error) {
      this.#rollback();
      for (const job of jobs) job.reject(error);
      return;
    }
    try {
      this.#db.exec('COMMIT');
    } catch (cause) {
      this.#rollback();
      const failed = new CommitFailed('the commit failed', { cause });
      for (const job of jobs) job.reject(failed);
      return;
    }
    for (const settle of settled) settle();
  }

  /** Runs one work in its savepoint; throws only if the transaction itself is gone. */
  #runOne(job: Job): () => void {
    this.#db.exec('SAVEPOINT work');
    try {
      const value = job.work(this.#db);
      this.#db.exec('RELEASE work');
      return () => job.resolve(value);
    } catch (error) {
      if (!this.#db.raw.isTransaction) throw error; // SQLite rolled everything back (disk full, I/O error)
      this.#db.exec('ROLLBACK TO work');
      this.#db.exec('RELEASE work');
      return () => job.reject(error);
    }
  }

  async #begin(): Promise<void> {
    const giveUpAt = performance.now() + this.#lockTimeoutMs;
    for (;;) {
      try {
        this.#db.exec('BEGIN IMMEDIATE');
        return;
      } catch (error) {
        const code = sqliteCode(error);
        if (code !== BUSY && code !== LOCKED) throw error;
        if (performance.now() > giveUpAt) {
          throw new WriterBusy('another process kept the lock', { cause: error });
        }
        await sleep(1 + Math.random() * 15);
      }
    }
  }

  #rollback(): void {
    if (this.#db.raw.isTransaction) this.#db.exec('ROLLBACK');
  }
}
