import type { EventStore, Position, RecordedEvent, SubscribeOptions } from './event-store.ts';

/**
 * Every event that the log holds now, in log order and once, and then the end. Throws Unavailable, LogDamaged.
 */
export async function* readToEnd(
  store: Pick<EventStore, 'subscribe'>,
  { from, prefixes = [] }: Partial<Pick<SubscribeOptions, 'from' | 'prefixes'>> = {},
): AsyncGenerator<RecordedEvent> {
  const end = new AbortController();
  let last: Position | undefined = from;
  try {
    for await (const item of store.subscribe({ from, prefixes, signal: end.signal })) {
      if ('caughtUp' in item) return;
      if (last !== undefined && item.position <= last) continue; // delivered again
      last = item.position;
      yield item;
    }
  } finally {
    end.abort();
  }
}
