import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import type { SqliteWriter } from '../sqlite/sqlite-writer.ts';
import { faultCode } from './event-store.ts';
import { touchHeader } from './sqlite-events-table.ts';
import { asWriteFault, cannotWrite, CannotWrite, type Writable } from './sqlite-writable.ts';

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
    if (this.#stopped) throw this.#stopped;
    try {
      const value = await this.#writer.write(work);
      this.#state = { writable: true };
      return value;
    } catch (error) {
      const fault = asWriteFault(error);
      this.#remember(fault);
      throw fault;
    }
  }

  async writable(): Promise<Writable> {
    const settled = this.#state.writable || this.#stopped !== undefined;
    if (!settled && performance.now() - this.#triedAt > tryAgainMs) await this.tryNow();
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
    this.#shut(this.#stopped);
  }

  #remember(fault: unknown): void {
    const code = faultCode(fault);
    if (code === 'outcome-unknown') this.#shut(cannotWrite('io', fault));
    if (!(fault instanceof CannotWrite) || fault.reason === 'busy') return;
    if (fault.reason === 'damaged') this.stop(fault);
    this.#shut(fault);
  }

  #shut({ reason, message }: CannotWrite): void {
    this.#state = { writable: false, reason, message };
  }
}
