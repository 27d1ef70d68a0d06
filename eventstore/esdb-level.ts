import type { SubscriptionPace } from './esdb-pace.ts';
import { recordedEvent, type ServerRecord } from './esdb-record.ts';
import { Unavailable, type CaughtUp, type Position, type RecordedEvent } from './event-store.ts';

/** Compares what was delivered with what the log was seen to hold. */
export class Level {
  readonly #pace: SubscriptionPace;
  #last: Position;
  #told = false;
  #behindSince: number | undefined;
  nextLookMs: number;

  constructor(last: Position, pace: SubscriptionPace) {
    this.#last = last;
    this.#pace = pace;
    this.nextLookMs = pace.settleMs;
  }

  /** The event, or nothing where it was delivered before. Throws LogDamaged. */
  event(record: ServerRecord): RecordedEvent | undefined {
    const event = recordedEvent(record);
    if (event.position <= this.#last) return undefined;
    this.#last = event.position;
    this.#told = false;
    this.#behindSince = undefined;
    this.nextLookMs = this.#pace.settleMs;
    return event;
  }

  /** Throws when the log has held an event for too long that was not delivered. */
  sighting(newest: Position): CaughtUp | undefined {
    const { watchMs, silenceMs } = this.#pace;
    if (newest <= this.#last) {
      this.#behindSince = undefined;
      this.nextLookMs = watchMs;
      const first = !this.#told;
      this.#told = true;
      return first ? { caughtUp: true } : undefined;
    }
    const now = performance.now();
    this.#behindSince ??= now;
    this.nextLookMs = silenceMs / 4;
    if (now - this.#behindSince >= silenceMs) throw new Unavailable('the subscription is silent');
    return undefined;
  }
}
