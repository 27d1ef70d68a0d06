import { chainStart, continuesChain } from '../eventstore/chain.ts';
import type { RecordedEvent } from '../eventstore/event-store.ts';
import { LogDamaged } from '../eventstore/log-damaged.ts';

/** Where a stream ends. */
export interface StreamEnd {
  readonly revision: number;
  readonly chain: string;
}

/** Follows every stream of a log, in the log's order, and checks that each event continues its own. */
export class StreamHeads implements Iterable<readonly [string, StreamEnd]> {
  readonly #ends = new Map<string, StreamEnd>();

  get streams(): number {
    return this.#ends.size;
  }

  /** Throws LogDamaged for an event that is not the next of its stream, or whose chain is not continued. */
  follow(event: RecordedEvent): void {
    const { stream, revision, position, metadata } = event;
    const { revision: last, chain } = this.#ends.get(stream) ?? before(stream);
    if (revision !== last + 1 || !continuesChain(chain, event)) {
      const what = `${stream} does not go on rightly at revision ${revision}; see \`latchkey verify\``;
      throw new LogDamaged(what, { stream, revision, position });
    }
    this.#ends.set(stream, { revision, chain: metadata.chain });
  }

  [Symbol.iterator](): IterableIterator<readonly [string, StreamEnd]> {
    return this.#ends.entries();
  }
}

const before = (stream: string): StreamEnd => ({ revision: -1, chain: chainStart(stream) });
