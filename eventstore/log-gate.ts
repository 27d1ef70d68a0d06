import { setTimeout as sleep } from 'node:timers/promises';
import {
  faultCode,
  Unavailable,
  type EventStore,
  type Position,
  type ReadOptions,
  type RecordedEvent,
} from './event-store.ts';

/** What a look at the log showed. */
export interface Sighting {
  readonly newest: Position;
  /** When the look began. */
  readonly at: Date;
}

export interface LogGateParts {
  /** The store itself. */
  readonly store: EventStore;
  /**
   * Is it the right log? Asked before the gate opens, each time. Throws Unavailable where nobody can say yet, and
   * anything else where it is not.
   */
  readonly check: () => Promise<void>;
  /** Told once, of a log that is not the right one; the gate stays closed. */
  readonly refused: (error: unknown) => void;
  readonly pace?: Partial<GatePace>;
}

/** In milliseconds. */
export interface GatePace {
  /** Between two looks at a log that answers. */
  readonly lookMs: number;
  /** Before the first new try at one that does not; twice as long each time, up to `longestMs`. */
  readonly retryMs: number;
  readonly longestMs: number;
}

const usualPace: GatePace = { lookMs: 1_000, retryMs: 100, longestMs: 2_000 };

/**
 * Stands between a process and a log elsewhere. Until the log was reached and found to be the right one, and again
 * whenever it cannot be reached, reads and appends fail at once with Unavailable, certainly not written: nobody waits
 * for a deadline that others have waited for. It looks every second, and opens by itself.
 */
export class LogGate {
  /** The store behind the gate. Subscriptions are not held back: they find the log again by themselves. */
  readonly store: EventStore;
  readonly #parts: LogGateParts;
  readonly #pace: GatePace;
  readonly #opened = Promise.withResolvers<void>();
  readonly #closing = new AbortController();
  #watching: Promise<void> | undefined;
  #open = false;
  #seen: Sighting | undefined;
  #wake: (() => void) | undefined;

  constructor(parts: LogGateParts) {
    this.#parts = parts;
    this.#pace = { ...usualPace, ...parts.pace };
    this.store = this.#guarded(parts.store);
  }

  /** Does the log answer, as far as anybody knows? */
  get open(): boolean {
    return this.#open;
  }

  /** The last look that succeeded. */
  get seen(): Sighting | undefined {
    return this.#seen;
  }

  /** Resolves when the gate opens for the first time. */
  opened(): Promise<void> {
    return this.#opened.promise;
  }

  /** Tries once, now. Throws what stands against it, Unavailable among it. */
  async tryOpening(): Promise<void> {
    const at = new Date();
    if (!this.#open) await this.#parts.check();
    this.#seen = { newest: await this.#parts.store.head(), at };
    this.#open = true;
    this.#opened.resolve();
  }

  /** From now on it looks by itself. */
  watch(): void {
    this.#watching ??= this.#watch();
  }

  async close(): Promise<void> {
    this.#open = false;
    this.#closing.abort();
    await this.#watching;
  }

  async #watch(): Promise<void> {
    const { signal } = this.#closing;
    for (let failures = 0; !signal.aborted;) {
      try {
        await this.tryOpening();
        failures = 0;
      } catch (error) {
        this.#open = false;
        if (!isPassing(error)) return this.#parts.refused(error);
        failures += 1;
      }
      await this.#pause(failures);
    }
  }

  /** A call that fails ends the pause after a success: it is known at once whether the log is away. */
  async #pause(failures: number): Promise<void> {
    const { lookMs, retryMs, longestMs } = this.#pace;
    const longest = Math.min(longestMs, retryMs * 2 ** (failures - 1));
    const ms = failures === 0 ? lookMs : longest * (0.5 + Math.random() / 2);
    const woken = new AbortController();
    if (failures === 0) this.#wake = () => woken.abort();
    const signal = AbortSignal.any([woken.signal, this.#closing.signal]);
    await sleep(ms, undefined, { signal }).catch(() => undefined);
    this.#wake = undefined;
  }

  #guarded(store: EventStore): EventStore {
    return {
      atomic: store.atomic,
      append: (writes) => this.#pass(() => store.append(writes)),
      head: () => this.#pass(() => store.head()),
      read: (stream, options) => this.#read(stream, options),
      subscribe: (options) => store.subscribe(options),
      close: () => store.close(),
    };
  }

  async *#read(stream: string, options?: ReadOptions): AsyncGenerator<RecordedEvent> {
    if (!this.#open) throw away();
    try {
      yield* this.#parts.store.read(stream, options);
    } catch (error) {
      throw this.#suspected(error);
    }
  }

  async #pass<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    if (!this.#open) throw away();
    try {
      return await call();
    } catch (error) {
      throw this.#suspected(error);
    }
  }

  /** An unknown outcome may be a slow server: that is looked into. One that cannot be reached is away. */
  #suspected(error: unknown): unknown {
    const code = faultCode(error);
    if (this.#watching === undefined || this.#closing.signal.aborted) return error;
    if (code === 'unavailable') this.#open = false;
    if (code === 'unavailable' || code === 'outcome-unknown') this.#wake?.();
    return error;
  }
}

const away = () => new Unavailable('the log cannot be reached');

/** Nobody can say yet; everything else will not pass by waiting. */
const isPassing = (error: unknown): boolean =>
  ['unavailable', 'outcome-unknown'].includes(faultCode(error) ?? '');
