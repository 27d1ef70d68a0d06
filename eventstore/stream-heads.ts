import { chainStart } from './chain.ts';
import type { EventStore, RecordedEvent } from './event-store.ts';
import { isLogDamaged } from './log-damaged.ts';

interface Head {
  readonly revision: number;
  readonly chain: string;
}

/**
 * Where the streams of a log stood as it is walked: the ends of those that grew last are kept, the others are read
 * again. Nearly every stream of a large log is a claim that never grows.
 */
export class StreamHeads {
  readonly #store: Pick<EventStore, 'read'>;
  readonly #most: number;
  /** Two generations of half as many: dropping one costs nothing, unlike dropping the oldest of a map one by one. */
  #young = new Map<string, Head>();
  #old = new Map<string, Head>();

  constructor(store: Pick<EventStore, 'read'>, most: number) {
    this.#store = store;
    this.#most = most;
  }

  /** The chain that an event must continue; undefined where the event before it is missing or cannot be read. */
  async chainBefore(event: RecordedEvent): Promise<string | undefined> {
    const { stream, revision } = event;
    const kept = this.#young.get(stream) ?? this.#old.get(stream);
    if (kept) return kept.revision === revision - 1 ? kept.chain : undefined;
    if (revision === 0) return chainStart(stream);
    const before = await this.#read(stream, revision - 1);
    return before && before.position < event.position ? before.metadata.chain : undefined;
  }

  note({ stream, revision, metadata }: RecordedEvent): void {
    this.#young.set(stream, { revision, chain: metadata.chain });
    if (this.#young.size <= this.#most / 2) return;
    this.#old = this.#young;
    this.#young = new Map();
  }

  async #read(stream: string, revision: number): Promise<RecordedEvent | undefined> {
    try {
      for await (const event of this.#store.read(stream, { from: revision, max: 1 })) {
        return event.revision === revision ? event : undefined;
      }
    } catch (error) {
      if (!isLogDamaged(error) || !error.event) throw error;
    }
    return undefined;
  }
}
