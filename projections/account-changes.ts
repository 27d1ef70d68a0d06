import { setTimeout as sleep } from 'node:timers/promises';
import { faultCode, type EventStore } from '../eventstore/event-store.ts';

/** Called with the account stream that grew; without one, when something may have been missed. */
export type Wake = (stream?: string) => void;

/** After a subscription broke, in milliseconds. */
const pauseMs = 1_000;

/**
 * Tells those who watch that streams of accounts grew, by whichever process they did; never what came. It is a call to
 * look, not an answer: whoever is woken reads the stream under their own guard. One subscription for all of them, and
 * none while nobody watches.
 */
export class AccountChanges {
  readonly #store: Pick<EventStore, 'head' | 'subscribe'>;
  readonly #report: (error: unknown) => void;
  readonly #watching = new Set<Wake>();
  #following: AbortController | undefined;

  /** `report` hears of what broke a subscription, never of a log that is only away. */
  constructor(store: Pick<EventStore, 'head' | 'subscribe'>, report: (error: unknown) => void) {
    this.#store = store;
    this.#report = report;
  }

  /** Answers how to stop watching. */
  watch(wake: Wake): () => void {
    this.#watching.add(wake);
    if (!this.#following) {
      this.#following = new AbortController();
      void this.#follow(this.#following.signal);
    }
    return () => {
      this.#watching.delete(wake);
      if (this.#watching.size === 0) this.close();
    };
  }

  /** Lets go of the log; a later watcher takes it up again. */
  close(): void {
    this.#following?.abort();
    this.#following = undefined;
  }

  async #follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#subscribe(signal);
      } catch (error) {
        if (faultCode(error) !== 'unavailable') this.#report(error);
      }
      await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async #subscribe(signal: AbortSignal): Promise<void> {
    const from = await this.#store.head();
    // Between the last look and this moment something may have come.
    this.#tell();
    for await (const item of this.#store.subscribe({ from, prefixes: ['account-'], signal })) {
      if (!('caughtUp' in item)) this.#tell(item.stream);
    }
  }

  #tell(stream?: string): void {
    for (const wake of [...this.#watching]) wake(stream);
  }
}
