import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import type { SqliteWriter } from '../sqlite/sqlite-writer.ts';
import { faultCode, OutcomeUnknown } from './event-store.ts';
import { touchHeader } from './sqlite-events-table.ts';
import { cannotWrite, whyNotWritten, type CannotWrite, type Writable } from './sqlite-writable.ts';

/** How long a failed try stands before `writable` tries again, in milliseconds. */
const tryAgainMs = 1_000;

/** Lets writes of the log through, remembers how the last one went, and can be shut for good. */
export class WriteGate {
  readonly #writer: SqliteWriter;
  #state: Writable = { writable: true };
  #triedAt = 0;
  #stopped: CannotWrite | undefined;

  constructor(writer: SqliteWriter) {
    this.#writer = writer;
  }

  /** Throws what the work threw, CannotWrite or OutcomeUnknown. */
  async write<T>(work: (db: SqliteDb) => T): Promise<T> {
    try {
      const value = await this.#writer.write((db) => {
        if (this.#stopped) throw this.#stopped;
        return work(db);
      });
      this.#state = { writable: true };
      return value;
    } catch (error) {
      throw this.#remembered(error);
    }
  }

  async writable(): Promise<Writable> {
    if (this.#stopped) return shut(this.#stopped);
    const due = performance.now() - this.#triedAt > tryAgainMs;
    if (!this.#state.writable && due) await this.tryNow();
    return this.#state;
  }

  /** Writes what changes nothing, to learn whether writing works. */
  async tryNow(): Promise<void> {
    this.#triedAt = performance.now();
    try {
      await this.write(touchHeader);
    } catch (error) {
      if (faultCode(error) === undefined) throw error;
    }
  }

  stop(why: CannotWrite): void {
    this.#stopped ??= why;
  }

  /** The fault of the port that stands for what a write threw. */
  #remembered(error: unknown): unknown {
    if (faultCode(error) === 'commit-failed') {
      this.#state = shut(cannotWrite('io', error));
      return new OutcomeUnknown('the commit failed: nobody knows', { cause: error });
    }
    const refused = whyNotWritten(error);
    if (refused?.reason === 'damaged') this.stop(refused);
    if (refused && refused.reason !== 'busy') this.#state = shut(refused);
    return refused ?? error;
  }
}

const shut = ({ reason, message }: CannotWrite): Writable => ({ writable: false, reason, message });
