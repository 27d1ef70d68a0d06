import type { EventStore, Position, RecordedEvent } from '../eventstore/event-store.ts';

export interface RebuildProgress {
  /** Of accounts: no other is folded. */
  readonly events: number;
  readonly position: Position;
  readonly head: Position;
}

export type OnProgress = ((progress: RebuildProgress) => void) | undefined;

const BATCH = 1_000;

/** Follows the events of accounts, up to one goal after the other. */
export class Following {
  readonly #store: EventStore;
  readonly #onProgress: OnProgress;
  #events = 0;
  /** Everything up to here has been taken. */
  position: Position = 0n;
  /** The last event taken. */
  last: RecordedEvent | undefined;

  constructor(store: EventStore, onProgress?: OnProgress) {
    this.#store = store;
    this.#onProgress = onProgress;
  }

  /** Hands on every event up to the goal. */
  async upTo(
    goal: Position,
    take: (events: readonly RecordedEvent[]) => void | Promise<void>,
  ): Promise<void> {
    if (this.position >= goal) return;
    const end = new AbortController();
    const [from, prefixes] = [this.last?.position, ['account-']];
    let batch: RecordedEvent[] = [];
    const hand = async () => {
      if (batch.length > 0) await take(batch);
      this.#took(batch, goal);
      batch = [];
    };
    for await (const item of this.#store.subscribe({ from, prefixes, signal: end.signal })) {
      if ('caughtUp' in item || item.position > goal) break;
      batch.push(item);
      if (batch.length >= BATCH) await hand();
    }
    end.abort();
    await hand();
    this.position = goal;
  }

  #took(batch: readonly RecordedEvent[], head: Position): void {
    this.last = batch.at(-1) ?? this.last;
    this.position = this.last?.position ?? this.position;
    this.#events += batch.length;
    this.#onProgress?.({ events: this.#events, position: this.position, head });
  }
}
