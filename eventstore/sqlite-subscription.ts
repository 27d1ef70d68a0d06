import { setTimeout as sleep } from 'node:timers/promises';
import {
  faultCode,
  type CaughtUp,
  type RecordedEvent,
  type SubscribeOptions,
} from './event-store.ts';
import { eventOf } from './sqlite-events-table.ts';
import type { SqliteLogReader } from './sqlite-log-reader.ts';

/** How often a quiet subscription looks for what other processes wrote, in milliseconds. */
const pollMs = 150;

/** Lets subscriptions of this process know at once of its own appends. */
export class Appends {
  #count = 0;
  readonly #waiting = new Set<() => void>();

  get count(): number {
    return this.#count;
  }

  happened(): void {
    this.#count += 1;
    for (const wake of [...this.#waiting]) wake();
  }

  /** Resolves on the first append after the `seen`th, after the poll interval, or on abort. */
  async next(seen: number, signal: AbortSignal): Promise<void> {
    if (this.#count !== seen || signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = () => resolve();
    const timer = setTimeout(wake, pollMs);
    this.#waiting.add(wake);
    signal.addEventListener('abort', wake);
    await promise;
    clearTimeout(timer);
    signal.removeEventListener('abort', wake);
    this.#waiting.delete(wake);
  }
}

/**
 * Everything after a position in log order, then what is appended, by whichever process. Ends only by abort;
 * waits out a log that cannot be read, throws LogDamaged. Holds one page in memory.
 */
export async function* subscription(
  reader: SqliteLogReader,
  appends: Appends,
  { from, prefixes, signal }: SubscribeOptions,
): AsyncGenerator<RecordedEvent | CaughtUp> {
  const wanted = (stream: unknown) =>
    prefixes.length === 0 ||
    (typeof stream === 'string' && prefixes.some((prefix) => stream.startsWith(prefix)));
  let last = from ?? 0n;
  let told = false;
  while (!signal.aborted) {
    const seen = appends.count;
    const page = await readable(reader, last, signal);
    for (const columns of page) {
      const [position, stream] = columns;
      if (wanted(stream)) yield eventOf(columns);
      if (signal.aborted) return;
      last = BigInt(Number(position));
      told = false;
    }
    if (page.length > 0) {
      await new Promise((resolve) => setImmediate(resolve));
    } else {
      if (!told) yield { caughtUp: true };
      told = true;
      await appends.next(seen, signal);
    }
  }
}

async function readable(reader: SqliteLogReader, last: bigint, signal: AbortSignal) {
  for (;;) {
    try {
      return await reader.after(last);
    } catch (error) {
      if (faultCode(error) !== 'unavailable') throw error;
      if (signal.aborted) return [];
    }
    await sleep(pollMs);
  }
}
