import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { PeerFile, type Proposed, type Write } from './peer-file.ts';

/** An event of the log. */
export interface PeerEvent extends Proposed {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly at: string;
}

export interface PeerAppend {
  readonly stream: string;
  readonly expected: 'any' | 'exists' | 'none' | number;
  readonly events: readonly Proposed[];
}

/** What the server decides about an append. */
export type Decision =
  /** To be committed, then acknowledged. */
  | { readonly kind: 'written'; readonly events: readonly PeerEvent[] }
  | { readonly kind: 'recognised'; readonly revision: number; readonly position: number }
  /** The same append is on its way: the server drops this one and lets it time out. */
  | { readonly kind: 'in flight' }
  | { readonly kind: 'wrong'; readonly actual: number }
  | { readonly kind: 'deleted' };

/** Less than an event takes in the file, so that the next line's position is greater. */
const positionStep = 64;
const firstPosition = 546;

/** The revision that a tombstone has. */
const tombstoneRevision = Number(2n ** 63n - 1n);

/**
 * The server's rules for writing. An append is decided and on disk at once; it can be read, and is
 * acknowledged, when it is committed, in order. Nothing that was decided is lost by a crash.
 */
export class PeerLog {
  readonly #file: PeerFile;
  readonly #streams = new Map<string, PeerEvent[]>();
  readonly #deleted = new Set<string>();
  readonly #listeners = new Set<(event: PeerEvent) => void>();
  /** Everything committed, in order. */
  readonly all: PeerEvent[] = [];

  constructor(directory: string) {
    this.#file = new PeerFile(directory);
    for (const { offset, write } of this.#file.kept) this.commit(this.#take(offset, write));
    if (this.all.length === 0) this.commit(this.#write('$$$scavenges', 0, [systemEvent()]));
  }

  /** Position of the last event that can be read. */
  get end(): number {
    return this.all.at(-1)?.position ?? -1;
  }

  decide({ stream, expected, events }: PeerAppend): Decision {
    if (this.#deleted.has(stream)) return { kind: 'deleted' };
    const there = this.#streams.get(stream) ?? [];
    const actual = there.length - 1;
    if (expected === 'exists' && actual < 0) return { kind: 'wrong', actual };
    const from = typeof expected === 'number' ? expected : expected === 'none' ? -1 : actual;
    if (from > actual) return { kind: 'wrong', actual };
    if (from === actual) return this.#append(stream, actual, events);

    const same = events.length > 0 && events.every(({ id }, n) => there[from + 1 + n]?.id === id);
    const last = there[from + events.length];
    if (!same || !last) return { kind: 'wrong', actual };
    if (last.position > this.end) return { kind: 'in flight' };
    return { kind: 'recognised', revision: last.revision, position: last.position };
  }

  /** An empty append is a success that writes nothing, and answers a revision that need not be there. */
  #append(stream: string, actual: number, events: readonly Proposed[]): Decision {
    if (events.length > 0)
      return { kind: 'written', events: this.#write(stream, actual + 1, events) };
    return { kind: 'recognised', revision: Math.max(actual, 0), position: this.end };
  }

  #write(stream: string, first: number, events: readonly Proposed[]): readonly PeerEvent[] {
    const write = { stream, first, at: new Date().toISOString(), events: [...events] };
    return this.#take(this.#file.add(write), write);
  }

  /** Positions are places in the file: rising, with gaps, and none of them 0. */
  #take(offset: number, { stream, first, at, events }: Write): readonly PeerEvent[] {
    const taken = events.map((event, n) => ({
      ...event,
      stream,
      at,
      revision: first + n,
      position: firstPosition + offset + n * positionStep,
    }));
    if (first === tombstoneRevision) this.#deleted.add(stream);
    const there = this.#streams.get(stream);
    if (there) there.push(...taken);
    else this.#streams.set(stream, [...taken]);
    return taken;
  }

  /** Makes events readable. */
  commit(events: readonly PeerEvent[]): void {
    for (const event of events) {
      this.all.push(event);
      for (const listener of [...this.#listeners]) listener(event);
    }
  }

  tombstone(stream: string): void {
    this.commit(this.#write(stream, tombstoneRevision, [systemEvent('$streamDeleted')]));
  }

  /** What can be read of a stream; 'deleted' for one with a tombstone. */
  stream(name: string): readonly PeerEvent[] | 'deleted' {
    if (this.#deleted.has(name)) return 'deleted';
    const end = this.end;
    const begin = truncatedBefore(this.#streams.get(`$$${name}`)?.at(-1));
    return (this.#streams.get(name) ?? []).filter(
      ({ position, revision }) => position <= end && revision >= begin,
    );
  }

  /** A position within the log at which nothing stands. The beginning and what lies beyond the end are none. */
  isNoRecord(position: number): boolean {
    if (position === 0 || position > this.end) return false;
    return !this.all.some((event) => event.position === position);
  }

  /** Tells of every commit until the answer is called. */
  onCommit(listener: (event: PeerEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#file.close();
  }
}

const metadata = z.object({ $tb: z.number().default(0) });

/** What a stream's metadata says of its beginning. */
function truncatedBefore(last: PeerEvent | undefined): number {
  if (!last) return 0;
  const text = Buffer.from(last.data, 'base64').toString('utf8');
  return metadata.parse(JSON.parse(text)).$tb;
}

const systemEvent = (type = '$metadata'): Proposed => ({
  id: randomUUID(),
  type,
  contentType: 'application/json',
  data: Buffer.from('{}').toString('base64'),
  metadata: '',
});
