import {
  faultCode,
  type EventStore,
  type Position,
  type RecordedEvent,
} from '../eventstore/event-store.ts';
import type { SqliteWriter } from '../sqlite/sqlite-writer.ts';
import type { Handling } from './apply-in-order.ts';
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
  /** The event at this position did not fit twice before: if it still does not, that is no matter of order. */
  readonly insistOn: Position | undefined;
  readonly applied: (events: number, checkpoint: Position) => void;
}

/** One subscription from a checkpoint on, until something ends it. */
export class ProjectorSession {
  /** Everything the log holds up to here was applied before. */
  readonly start: Position;
  readonly #parts: SessionParts;
  readonly #over = new AbortController();
  #checkpoint: Position;
  #waiting: RecordedEvent[] = [];
  #writing: Promise<void> | undefined;
  #fault: unknown;

  constructor(parts: SessionParts, checkpoint: Position) {
    this.#parts = parts;
    this.start = checkpoint;
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
        await this.#write(this.#waiting.splice(0, batchSize));
      }
    } catch (error) {
      this.#fault = error;
      this.#over.abort();
    } finally {
      this.#writing = undefined;
    }
  }

  async #write(events: readonly RecordedEvent[]): Promise<void> {
    const { insistOn } = this.#parts;
    const insisted = events.filter(({ position }) => position === insistOn);
    if (insisted.length === 0) return this.#writeInOrder(events);
    await this.#writeInOrder(events.filter(({ position }) => position < (insistOn ?? 0n)));
    await this.#commit(insisted, 'stop');
    await this.#writeInOrder(events.filter(({ position }) => position > (insistOn ?? 0n)));
  }

  /** What stands before an event that does not fit is good: it is written, then the surprise is told. */
  async #writeInOrder(events: readonly RecordedEvent[]): Promise<void> {
    try {
      await this.#commit(events, 'throw');
    } catch (error) {
      const at = positionOfSurprise(error);
      const before = events.filter(({ position }) => at !== undefined && position < at);
      if (before.length > 0) await this.#commit(before, 'throw');
      throw error;
    }
  }

  async #commit(events: readonly RecordedEvent[], surprises: Handling['surprises']): Promise<void> {
    if (events.length === 0) return;
    const { writer, me, clock, alsoKeep, applied } = this.#parts;
    const from = this.#checkpoint;
    const { position, stopped } = await writer.write((db) =>
      writeBatch(db, events, {
        from,
        holder: { me, now: clock() },
        handling: { surprises, alsoKeep },
      }),
    );
    this.#checkpoint = position;
    if (stopped) this.#over.abort();
    applied(events.length, position);
  }
}

/** Where an event stands that came before one that it follows. */
export function positionOfSurprise(error: unknown): Position | undefined {
  const code = faultCode(error);
  if (code !== 'revision-gap' && code !== 'key-owned-twice') return undefined;
  if (!(error instanceof Error) || !('position' in error)) return undefined;
  return typeof error.position === 'bigint' ? error.position : undefined;
}
