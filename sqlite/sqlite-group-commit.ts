import type { SqliteDb } from './sqlite-driver.ts';
import { sqliteFault } from './sqlite-fault.ts';
import { CommitFailed } from './sqlite-writer-fault.ts';

/** One transaction takes works for this long before it commits, so that the event loop stays responsive. */
const batchMs = 10;

/** A work that waits in a writer's queue. */
export interface WriterJob {
  readonly work: (db: SqliteDb) => unknown;
  /** On the clock of `performance.now()`. */
  readonly giveUpAt: number;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Takes works from the queue's front into the transaction that was just begun, commits, and settles them.
 * Each is all or nothing by itself; if the transaction is lost, all of them are.
 */
export function commitTogether(db: SqliteDb, queue: WriterJob[]): void {
  const taken: WriterJob[] = [];
  try {
    const settled = runBatch(db, queue, taken);
    commit(db);
    for (const settle of settled) settle();
  } catch (error) {
    rollback(db);
    rejectAll(taken, error);
  }
}

export function rejectAll(jobs: readonly WriterJob[], error: unknown): void {
  for (const job of jobs) job.reject(error);
}

function runBatch(db: SqliteDb, queue: WriterJob[], taken: WriterJob[]): (() => void)[] {
  const settled: (() => void)[] = [];
  const until = performance.now() + batchMs;
  for (let job = queue.shift(); job; job = queue.shift()) {
    taken.push(job);
    settled.push(runOne(db, job));
    if (performance.now() > until) break;
  }
  return settled;
}

/** Runs one work in its savepoint; throws only if the transaction itself is gone. */
function runOne(db: SqliteDb, job: WriterJob): () => void {
  db.exec('SAVEPOINT work');
  try {
    const value = job.work(db);
    db.exec('RELEASE work');
    return () => job.resolve(value);
  } catch (error) {
    if (!db.inTransaction) throw error; // SQLite rolled everything back (disk full, I/O error)
    db.exec('ROLLBACK TO work');
    db.exec('RELEASE work');
    return () => job.reject(error);
  }
}

/** No room means that no whole commit reached the WAL: certainly not written. Another fault may come after it. */
function commit(db: SqliteDb): void {
  try {
    db.exec('COMMIT');
  } catch (cause) {
    const fault = sqliteFault(cause);
    if (fault === 'full' || fault === 'busy') throw cause;
    throw new CommitFailed('the commit failed', { cause });
  }
}

function rollback(db: SqliteDb): void {
  try {
    if (db.inTransaction) db.exec('ROLLBACK');
  } catch {
    // The works are told what ended them; the next begin ends this transaction, or says why it cannot.
  }
}
