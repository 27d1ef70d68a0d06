import type { EsdbConnection } from './esdb-connection.ts';
import { deliver, few, subscribe, type Letter } from './esdb-delivery.ts';
import { Level } from './esdb-level.ts';
import { Mailbox } from './esdb-mailbox.ts';
import type { NewestEvent } from './esdb-newest.ts';
import type { SubscriptionPace } from './esdb-pace.ts';
import { SubscriptionWatch } from './esdb-watch.ts';
import type { CaughtUp, RecordedEvent, SubscribeOptions } from './event-store.ts';

export interface Live {
  readonly connection: EsdbConnection;
  readonly newest: NewestEvent;
  readonly pace: SubscriptionPace;
}

/**
 * One subscription of the server, from a position on, until it breaks: then it throws. Ends by abort. An
 * event that was delivered already is left out. `CaughtUp` is told only when a look of our own at the log
 * found nothing newer. The server's own word for it is told once, before a subscription is live; it spares the
 * first look what the log held before.
 */
export async function* liveSubscription(
  { connection, newest, pace }: Live,
  { from, prefixes, signal }: SubscribeOptions,
): AsyncGenerator<RecordedEvent | CaughtUp> {
  // Without it, looks go further back; the subscription does not depend on it.
  const end = await newest.end().catch(() => 0n);
  const mail = new Mailbox<Letter>();
  const watch = new SubscriptionWatch(newest, (sighting) => mail.put(sighting));
  const subscription = subscribe(connection, from, prefixes);
  const stop = deliver(subscription, {
    mail,
    watch,
    pace,
    signal,
    caughtUp: () => newest.lookedUpTo(end),
  });
  const level = new Level(from ?? 0n, pace);
  try {
    while (!signal.aborted) {
      const letter = await mail.take();
      if (mail.size === few) subscription.resume();
      if ('aborted' in letter) return;
      if ('dropped' in letter) throw letter.dropped;
      const item = 'record' in letter ? level.event(letter.record) : level.sighting(letter.newest);
      if (item) yield item;
      if (mail.size === 0) watch.lookWithin(level.nextLookMs);
    }
  } finally {
    stop();
  }
}
