import { randomUUID } from 'node:crypto';
import { chainStart, nextChain } from '../../eventstore/chain.ts';
import type {
  CaughtUp,
  EventMetadata,
  EventStore,
  JsonObject,
  NewEvent,
  Position,
  RecordedEvent,
  StreamWrite,
} from '../../eventstore/event-store.ts';

/** What matters about an event to a test; the rest is made up. */
export interface Draft {
  readonly id?: string;
  readonly type?: string;
  readonly data?: JsonObject;
}

/** Where a stream ends: its last revision (-1 for none) and chain. */
export interface StreamEnd {
  readonly revision: number;
  readonly chain: string;
}

export const endOf = (stream: string, last: RecordedEvent | undefined): StreamEnd =>
  last ? { revision: last.revision, chain: last.metadata.chain } : emptyEnd(stream);

export const emptyEnd = (stream: string): StreamEnd => ({
  revision: -1,
  chain: chainStart(stream),
});

/** One append's part for one stream, rightly chained to where the stream ends. */
export function writeAfter(stream: string, end: StreamEnd, drafts: readonly Draft[]): StreamWrite {
  let chain = end.chain;
  const events = drafts.map((draft, index): NewEvent => {
    const { id = randomUUID(), type = 'Happened', data = {} } = draft;
    const event = { id, type, data, metadata: testMetadata };
    chain = nextChain(chain, { ...event, stream, revision: end.revision + 1 + index });
    return { ...event, metadata: { ...testMetadata, chain } };
  });
  return { stream, expected: end.revision < 0 ? 'none' : end.revision, events };
}

const testMetadata: Omit<EventMetadata, 'chain'> = {
  at: '2026-01-02T03:04:05.678Z',
  v: 1,
  actor: 'self',
  requestId: 'request-1',
};

/** Writes one stream in order and remembers where it ends. */
export class StreamAuthor {
  readonly stream: string;
  #end: StreamEnd;

  constructor(stream: string, end: StreamEnd = emptyEnd(stream)) {
    this.stream = stream;
    this.#end = end;
  }

  /** The next write; counts on its success. Without drafts: one event. */
  next(...drafts: readonly Draft[]): StreamWrite {
    const write = this.rival(...drafts);
    const last = write.events.at(-1);
    if (last) {
      const revision = this.#end.revision + write.events.length;
      this.#end = { revision, chain: last.metadata.chain };
    }
    return write;
  }

  /** A write for the same place that does not count on its success. */
  rival(...drafts: readonly Draft[]): StreamWrite {
    return writeAfter(this.stream, this.#end, drafts.length === 0 ? [{}] : drafts);
  }
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export async function lastOf(store: EventStore, stream: string) {
  const [last] = await collect(store.read(stream, { backwards: true, max: 1 }));
  return last;
}

/** What a subscription delivers until it has caught up. */
export async function untilCaughtUp(
  store: EventStore,
  {
    from,
    prefixes,
  }: { readonly from?: Position | undefined; readonly prefixes: readonly string[] },
): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  const abort = new AbortController();
  for await (const item of store.subscribe({ from, prefixes, signal: abort.signal })) {
    if (isCaughtUp(item)) break;
    events.push(item);
  }
  abort.abort();
  return events;
}

export const isCaughtUp = (item: RecordedEvent | CaughtUp): item is CaughtUp => 'caughtUp' in item;
