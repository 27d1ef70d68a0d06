import { Unavailable, type EventStore, type Position, type RecordedEvent } from './event-store.ts';

/** So many looks at a log that says nothing, before its reader gives up. */
const looks = 6;

/**
 * Everything that a log holds when the reading comes to its end, in the order of the log, each event once. Throws
 * Unavailable where the log stays away for so many milliseconds (a subscription by itself would wait for ever), LogDamaged.
 */
export async function* wholeLog(
  store: EventStore,
  patienceMs: number,
): AsyncGenerator<RecordedEvent, undefined> {
  const watch = new SilenceWatch(store, patienceMs);
  let last: Position | undefined;
  try {
    for await (const item of store.subscribe({ prefixes: [], signal: watch.signal })) {
      watch.heard();
      if ('caughtUp' in item) return undefined;
      if (last !== undefined && item.position <= last) continue; // delivered again
      last = item.position;
      yield item;
    }
    throw watch.away ?? new Unavailable('the log was closed');
  } finally {
    watch.end();
  }
}

/** Asks a log that says nothing whether it is there, and ends the reading when it is not for long enough. */
class SilenceWatch {
  away: unknown;
  readonly #store: EventStore;
  readonly #ended = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #silent = true;
  #failures = 0;

  constructor(store: EventStore, patienceMs: number) {
    this.#store = store;
    this.#timer = setInterval(() => void this.#look(), patienceMs / looks);
  }

  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  heard(): void {
    this.#silent = false;
  }

  end(): void {
    clearInterval(this.#timer);
    this.#ended.abort();
  }

  async #look(): Promise<void> {
    const ask = this.#silent;
    this.#silent = true;
    if (!ask) return;
    try {
      await this.#store.head();
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      if (this.#failures < looks) return;
      this.away = error;
      this.end();
    }
  }
}
