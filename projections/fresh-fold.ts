import type { RecordedEvent } from '../eventstore/event-store.ts';
import { SqliteDb } from '../sqlite/sqlite-driver.ts';
import { applyInOrder } from './apply-in-order.ts';
import { lookupsDigest } from './lookups.ts';
import { prepareReadModel, projectionState } from './read-model.ts';

/** SQLite's own name for a file that nobody else sees and that goes when it is closed. */
const temporaryFile = '';
const batchSize = 500;

/** Lookups folded from the first event on, for comparison alone, beside everything that is live. */
export class FreshFold {
  readonly #db = new SqliteDb(temporaryFile);
  #waiting: RecordedEvent[] = [];

  constructor() {
    this.#db.exec('BEGIN');
    prepareReadModel(this.#db);
  }

  /** In the order of the log. At an event that nobody can apply it stops, as the live lookups do. */
  take(event: RecordedEvent): void {
    this.#waiting.push(event);
    if (this.#waiting.length >= batchSize) this.#apply();
  }

  /** Equal for two logs of one history, byte for byte, wherever they are kept (I6). Closes the fold. */
  digest(): string {
    this.#apply();
    const reason = projectionState(this.#db).stopped?.reason ?? 'whole';
    const digest = `${reason} ${lookupsDigest(this.#db)}`;
    this.close();
    return digest;
  }

  close(): void {
    this.#db.close();
  }

  #apply(): void {
    applyInOrder(this.#db, this.#waiting, { surprises: 'stop' });
    this.#waiting = [];
  }
}
