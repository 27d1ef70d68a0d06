import type { EventStore, Position, RecordedEvent } from '../eventstore/event-store.ts';
import { wholeLog } from '../eventstore/whole-log.ts';
import { FreshFold } from '../projections/fresh-fold.ts';
import { CopyFault } from './copy-fault.ts';
import { isSameEvent } from './same-event.ts';
import { StreamHeads } from './stream-heads.ts';
import type { CopyProgress, CopySettings, TwoLogs } from './two-logs.ts';

export interface ComparedLogs {
  readonly events: number;
  readonly streams: number;
  /** Of the lookups that both fold to. */
  readonly lookups: string;
}

type Tell = ((progress: CopyProgress) => void) | undefined;

const tellEvery = 1_000;
/** So many streams are asked for their end at once. */
const atOnce = 16;

/**
 * Reads two logs side by side and makes sure that they are one history: the same events in the same order, byte for
 * byte, whole chains, the same end of every stream when it is read by its name, the same lookups. Throws CopyFault
 * (copy-differs), LogDamaged, Unavailable.
 */
export async function compareLogs(
  { source, target }: TwoLogs,
  { onProgress: tell, patienceMs }: CopySettings,
): Promise<ComparedLogs> {
  const head = await source.head();
  const pair = new Pair(head, tell);
  const there = wholeLog(target, patienceMs);
  try {
    for await (const event of wholeLog(source, patienceMs)) {
      const { value, done } = await there.next();
      if (done)
        throw differs(`the target ends before revision ${event.revision} of ${event.stream}`);
      pair.take(event, value);
    }
    if (!(await there.next()).done) throw differs('the target holds more than the source');
    await compareEnds(pair.heads, target, tell);
    return { events: pair.events, streams: pair.heads.streams, lookups: pair.lookups() };
  } finally {
    await there.return(undefined);
    pair.close();
  }
}

/** One event of each log at a time. */
class Pair {
  events = 0;
  readonly heads = new StreamHeads();
  readonly #folds = [new FreshFold(), new FreshFold()] as const;
  readonly #head: Position;
  readonly #tell: Tell;

  constructor(head: Position, tell: Tell) {
    this.#head = head;
    this.#tell = tell;
  }

  take(source: RecordedEvent, target: RecordedEvent): void {
    const { stream, revision, position } = source;
    if (!isSameEvent(source, target)) throw differs(`${stream} differs at revision ${revision}`);
    this.heads.follow(source);
    this.#folds[0].take(source);
    this.#folds[1].take(target);
    this.events += 1;
    if (this.events % tellEvery === 0) this.#told(position);
  }

  /** Throws CopyFault. */
  lookups(): string {
    this.#told(this.#head);
    const [one, other] = [this.#folds[0].digest(), this.#folds[1].digest()];
    if (one !== other) throw differs('the lookups that both fold to are not equal');
    return one;
  }

  close(): void {
    for (const fold of this.#folds) fold.close();
  }

  #told(position: Position): void {
    const [done, total] = [Number(position), Number(this.#head)];
    this.#tell?.({ phase: 'comparing', done, total, count: this.events });
  }
}

/** A log that is read as a whole may still not find a stream by its name. */
async function compareEnds(heads: StreamHeads, target: EventStore, tell: Tell): Promise<void> {
  const left = heads[Symbol.iterator]();
  let count = 0;
  const ask = async () => {
    for (const [stream, { revision, chain }] of left) {
      const last = await lastOf(target, stream);
      if (last?.revision !== revision || last.metadata.chain !== chain) {
        throw differs(`${stream} does not end at revision ${revision} when it is read by its name`);
      }
      count += 1;
      if (count % tellEvery === 0 || count === heads.streams) {
        tell?.({ phase: 'asking streams', done: count, total: heads.streams, count });
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, ask));
}

async function lastOf(store: EventStore, stream: string): Promise<RecordedEvent | undefined> {
  for await (const event of store.read(stream, { backwards: true, max: 1 })) return event;
  return undefined;
}

const differs = (message: string): CopyFault =>
  new CopyFault('copy-differs', `the copy is not whole: ${message}`);
