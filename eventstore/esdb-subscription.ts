import { setTimeout as sleep } from 'node:timers/promises';
import type { EsdbConnection } from './esdb-connection.ts';
import { told } from './esdb-faults.ts';
import { liveSubscription } from './esdb-live.ts';
import { NewestEvent } from './esdb-newest.ts';
import type { SubscriptionPace } from './esdb-pace.ts';
import { isSystemStream } from './esdb-record.ts';
import type { CaughtUp, RecordedEvent, SubscribeOptions } from './event-store.ts';
import { isLogDamaged, LogDamaged } from './log-damaged.ts';

/** The server's status for a position that is no record of its log; it has no better one. */
const unknownStatus = 2;
/** So many refusals, one after the other, are no passing trouble; among other drops one is. */
const refusals = 3;

/**
 * Everything after a position in log order, then what is appended. Survives every drop by subscribing again
 * from the last event delivered, with jittered back-off. Ends by abort; throws LogDamaged.
 */
export async function* subscribeToLog(
  connection: EsdbConnection,
  options: SubscribeOptions,
  pace: SubscriptionPace,
): AsyncGenerator<RecordedEvent | CaughtUp> {
  const { prefixes, signal } = options;
  const newest = new NewestEvent(connection, wanted(prefixes));
  let last = options.from ?? 0n;
  newest.saw(last);
  const foreign = new ForeignPosition();
  for (let drops = 0; !signal.aborted;) {
    const from = last > 0n ? last : undefined;
    const live = liveSubscription({ connection, newest, pace }, { from, prefixes, signal });
    for await (const item of untilDropped(live)) {
      if ('dropped' in item) {
        drops += 1;
        foreign.dropped(item.dropped, from);
        await pause(drops, pace, signal);
        continue;
      }
      drops = 0;
      foreign.accepted();
      last = 'position' in item ? item.position : last;
      yield item;
    }
  }
}

/** The items, and what broke them as the last one. A damaged log is no drop: that is thrown. */
async function* untilDropped<Item>(items: AsyncIterable<Item>) {
  try {
    yield* items;
  } catch (dropped) {
    if (isLogDamaged(dropped)) throw dropped;
    yield { dropped };
  }
}

const wanted = (prefixes: readonly string[]) => (stream: string) =>
  !isSystemStream(stream) &&
  (prefixes.length === 0 || prefixes.some((prefix) => stream.startsWith(prefix)));

/** Counts the server's refusals of a position; it has to be sure before it calls the log another one. */
class ForeignPosition {
  #refused = 0;

  /** Throws LogDamaged at the last of the refusals. */
  dropped(cause: unknown, from: bigint | undefined): void {
    this.#refused = told(cause).code === unknownStatus ? this.#refused + 1 : 0;
    if (from === undefined || this.#refused < refusals) return;
    throw new LogDamaged(`position ${from} is no event of this log`, undefined, { cause });
  }

  accepted(): void {
    this.#refused = 0;
  }
}

async function pause(drops: number, pace: SubscriptionPace, signal: AbortSignal): Promise<void> {
  const longest = Math.min(pace.longestRetryMs, pace.retryMs * 2 ** (drops - 1));
  // Rejects by abort alone, which the caller sees by itself.
  await sleep(longest * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
}
