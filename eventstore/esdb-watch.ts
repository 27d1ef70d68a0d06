import type { NewestEvent } from './esdb-newest.ts';
import { faultCode, type Position } from './event-store.ts';

/** What a watch tells its subscription. */
export type Sighting = { readonly newest: Position } | { readonly dropped: unknown };

/** How soon a look that could not be had is tried again, in milliseconds. */
const againMs = 1_000;

/**
 * Looks, independently of a subscription, which event is the newest: a half-open connection, or a subscription
 * that the server has forgotten, looks just like a quiet log.
 */
export class SubscriptionWatch {
  readonly #newest: NewestEvent;
  readonly #tell: (sighting: Sighting) => void;
  #timer: NodeJS.Timeout | undefined;
  #dueAt = Number.POSITIVE_INFINITY;
  #stopped = false;

  constructor(newest: NewestEvent, tell: (sighting: Sighting) => void) {
    this.#newest = newest;
    this.#tell = tell;
  }

  /** Looks after so many milliseconds, or sooner where a sooner look is due already. */
  lookWithin(ms: number): void {
    const at = performance.now() + ms;
    if (this.#stopped || at >= this.#dueAt) return;
    clearTimeout(this.#timer);
    this.#dueAt = at;
    this.#timer = setTimeout(() => void this.#look(), ms);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    this.#dueAt = Number.POSITIVE_INFINITY;
    try {
      const newest = await this.#newest.find();
      if (!this.#stopped) this.#tell({ newest });
    } catch (error) {
      if (faultCode(error) === 'unavailable') return this.lookWithin(againMs);
      if (!this.#stopped) this.#tell({ dropped: error });
    }
  }
}
