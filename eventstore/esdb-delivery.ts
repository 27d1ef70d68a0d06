import {
  START,
  streamNameFilter,
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
} from '@eventstore/db-client';
import type { EsdbConnection } from './esdb-connection.ts';
import type { Mailbox } from './esdb-mailbox.ts';
import type { SubscriptionPace } from './esdb-pace.ts';
import { serverPosition, type ServerRecord } from './esdb-record.ts';
import type { SubscriptionWatch } from './esdb-watch.ts';
import { Unavailable, type Position } from './event-store.ts';

/** What a subscription finds in its mailbox. */
export type Letter =
  | { readonly record: ServerRecord }
  /** The newest event that the log was just seen to hold. */
  | { readonly newest: Position }
  | { readonly dropped: unknown }
  | { readonly aborted: true };

/** Letters that wait for a slow reader before the server is held back, and when it is let go on. */
const most = 256;
export const few = 64;

/** A subscription of the server, filtered there. No prefix: everything but system streams. */
export function subscribe(
  connection: EsdbConnection,
  from: Position | undefined,
  prefixes: readonly string[],
): AllStreamSubscription {
  const filter =
    prefixes.length > 0
      ? streamNameFilter({ prefixes: [...prefixes] })
      : streamNameFilter({ regex: '^[^$]' });
  const fromPosition = from === undefined ? START : serverPosition(from);
  return connection.client.subscribeToAll({ ...connection.asked, fromPosition, filter });
}

interface Delivery {
  readonly mail: Mailbox<Letter>;
  readonly watch: SubscriptionWatch;
  readonly pace: SubscriptionPace;
  readonly signal: AbortSignal;
  /** The server has sent everything that the log held when the subscription began, and it was delivered. */
  readonly caughtUp: () => void;
}

/** Turns what happens to a subscription into letters. Answers what ends it. */
export function deliver(
  subscription: AllStreamSubscription,
  { mail, watch, pace, signal, caughtUp }: Delivery,
): () => void {
  const drop = (dropped: unknown) => mail.put({ dropped });
  const ended = () => drop(new Unavailable('the log ended the subscription'));
  const unconfirmed = setTimeout(ended, pace.confirmMs);
  const abort = () => mail.put({ aborted: true });
  signal.addEventListener('abort', abort);
  // The server's word overtakes the events that still wait in the stream's buffer.
  let said = false;
  const level = () => {
    if (!said || subscription.readableLength > 0) return;
    said = false;
    caughtUp();
    watch.lookWithin(0);
  };
  subscription
    .on('confirmation', () => {
      clearTimeout(unconfirmed);
      watch.lookWithin(pace.watchMs);
    })
    .on('caughtUp', () => {
      said = true;
      level();
    })
    .on('data', ({ event }: AllStreamResolvedEvent) => {
      if (event) mail.put({ record: event });
      if (mail.size >= most) subscription.pause();
      level();
    })
    // Stays on after the end: without a listener a late error would end the process.
    .on('error', drop)
    .on('end', ended);
  return () => {
    clearTimeout(unconfirmed);
    watch.stop();
    signal.removeEventListener('abort', abort);
    // Fails where the call never began: then there is nothing to end.
    subscription.unsubscribe().catch(() => undefined);
  };
}
