import { once } from 'node:events';
import type {
  CaughtUp,
  EventStore,
  ReadOptions,
  RecordedEvent,
  SubscribeOptions,
} from '../../eventstore/event-store.ts';

/** What one subscription delivers of the events it should. `turn` counts the subscriptions, from 0. */
export type Delivery = (
  events: readonly RecordedEvent[],
  turn: number,
) => readonly (RecordedEvent | Error)[];

/** A log that holds these events and delivers them as a test says: an `Error` among them breaks the subscription. */
export class DeliveredLog implements Pick<EventStore, 'read' | 'subscribe'> {
  /** In the order of the log. */
  events: readonly RecordedEvent[];
  turns = 0;
  readonly #deliver: Delivery;

  constructor(events: readonly RecordedEvent[], deliver: Delivery = (all) => all) {
    this.events = events;
    this.#deliver = deliver;
  }

  async *read(stream: string, { from = 0 }: ReadOptions = {}): AsyncGenerator<RecordedEvent> {
    yield* this.events.filter((event) => event.stream === stream && event.revision >= from);
  }

  async *subscribe({
    from = 0n,
    signal,
  }: SubscribeOptions): AsyncGenerator<RecordedEvent | CaughtUp> {
    const due = this.events.filter(({ position }) => position > from);
    const items = this.#deliver(due, this.turns++);
    for (const item of items) {
      if (signal.aborted) return;
      if (item instanceof Error) throw item;
      yield item;
      // Let the reader write now and then, so that a test meets batches of several sizes.
      if (item.position % 3n === 0n) await new Promise((resolve) => setImmediate(resolve));
    }
    yield { caughtUp: true };
    if (!signal.aborted) await once(signal, 'abort');
  }
}
