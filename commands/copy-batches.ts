import type { NewEvent, RecordedEvent, StreamWrite } from '../eventstore/event-store.ts';

/** So much goes into one append: well below a server's limit of 1 MiB, and well within its time. */
const mostEvents = 256;
const mostBytes = 256 * 1024;

/**
 * Events as the appends that give them the same order elsewhere: neighbours of one stream go together; on a store that
 * writes several streams at once also neighbours of several, as long as none of them comes twice.
 */
export async function* copyBatches(
  events: AsyncIterable<RecordedEvent>,
  atomic: boolean,
): AsyncGenerator<readonly StreamWrite[]> {
  let batch = new Batch(atomic);
  for await (const event of events) {
    if (!batch.takes(event)) {
      yield batch.writes;
      batch = new Batch(atomic);
    }
    batch.add(event);
  }
  if (batch.writes.length > 0) yield batch.writes;
}

interface OpenWrite extends StreamWrite {
  readonly events: NewEvent[];
}

class Batch {
  readonly writes: OpenWrite[] = [];
  readonly #atomic: boolean;
  readonly #streams = new Set<string>();
  #events = 0;
  #bytes = 0;

  constructor(atomic: boolean) {
    this.#atomic = atomic;
  }

  /** The first event goes in however large it is: the store decides about that. */
  takes(event: RecordedEvent): boolean {
    if (this.#events === 0) return true;
    if (this.#events === mostEvents || this.#bytes + sizeOf(event) > mostBytes) return false;
    if (this.writes.at(-1)?.stream === event.stream) return true;
    return this.#atomic && !this.#streams.has(event.stream);
  }

  add(recorded: RecordedEvent): void {
    const { stream, revision, id, type, data, metadata } = recorded;
    const event: NewEvent = { id, type, data, metadata };
    const last = this.writes.at(-1);
    if (last?.stream === stream) last.events.push(event);
    else {
      const expected = revision === 0 ? 'none' : revision - 1;
      this.writes.push({ stream, expected, events: [event] });
    }
    this.#streams.add(stream);
    this.#events += 1;
    this.#bytes += sizeOf(recorded);
  }
}

const sizeOf = ({ type, data, metadata }: NewEvent): number =>
  Buffer.byteLength(JSON.stringify(data)) +
  Buffer.byteLength(JSON.stringify(metadata)) +
  2 * type.length;
