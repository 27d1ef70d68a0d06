import { type EventStore, type Position, type RecordedEvent } from '../eventstore/event-store.ts';
import type { SqliteWriter } from '../sqlite/sqlite-writer.ts';
import type { Handling } from './apply-in-order.ts';
import { isMissingEvent } from './missing-event.ts';
import { writeBatch } from './projector-write.ts';

/** So many events go into one transaction, and so many wait for it. */
const batchSize = 500;
const mostWaiting = 2_000;

export interface SessionParts {
  readonly store: Pick<EventStore, 'subscribe'>;
  readonly writer: SqliteWriter;
  readonly me: string;
  readonly clock: () => number;
  readonly alsoKeep: NonNullable<Handling['alsoKeep']>;
  readonly applied: (events: number, checkpoint: Position) => void;
}

/** One subscription from a checkpoint on, until something ends it. */
export class ProjectorSession {
  readonly #parts: SessionParts;
  readonly #over = new AbortController();
  #checkpoint: Position;
  #waiting: RecordedEvent[] = [];
  #writing: Promise<void> | undefined;
  #fault: unknown;

  constructor(parts: SessionParts, checkpoint: Position) {
    this.#parts = parts;
    this.#checkpoint = checkpoint;
  }

  /** Ends by abort, and at an event that stops the lookups; throws what broke it. */
  async run(signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, this.#over.signal]);
    const from = this.#checkpoint > 0n ? this.#checkpoint : undefined;
    try {
      for await (const item of this.#parts.store.subscribe({
        from,
        prefixes: [],
        signal: either,
      })) {
        if ('caughtUp' in item) continue;
        this.#waiting.push(item);
        if (this.#waiting.length >= mostWaiting) await this.#writing;
        this.#writing ??= this.#writeAll();
      }
      await this.#writing;
    } finally {
      this.#over.abort();
    }
    if (this.#fault !== undefined) throw this.#fault;
  }

  /** Writes what waits, and what comes meanwhile; a fault ends the subscription. */
  async #writeAll(): Promise<void> {
    try {
      while (this.#waiting.length > 0 && !this.#over.signal.aborted) {
        await this.#writeInOrder(this.#waiting.splice(0, batchSize));
      }
    } catch (error) {
      this.#fault = error;
      this.#over.abort();
    } finally {
      this.#writing = undefined;
    }
  }

  /** What stands before an event that does not fit is good: it is written, then the surprise is told. */
  async #writeInOrder(events: readonly RecordedEvent[]): Promise<void> {
    try {
      await this.#commit(events);
    } catch (error) {
      const at = isMissingEvent(error) ? error.position : 0n;
      await this.#commit(events.filter(({ position }) => position < at));
      throw error;
    }
  }

  async #commit(events: readonly RecordedEvent[]): Promise<void> {
    if (events.length === 0) return;
    const { writer, me, clock, alsoKeep, applied } = this.#parts;
    const from = this.#checkpoint;
    const { position, stopped } = await writer.write((db) =>
      writeBatch(db, events, {
        from,
        holder: { me, now: clock() },
        handling: { surprises: 'throw', alsoKeep },
      }),
    );
    this.#checkpoint = position;
    if (stopped) this.#over.abort();
    applied(events.length, position);
  }
}
