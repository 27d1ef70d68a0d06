import { chainStart, nextChain } from '../eventstore/chain.ts';
import { eventId } from '../eventstore/event-id.ts';
import type {
  Actor,
  ExpectedRevision,
  JsonObject,
  NewEvent,
  RecordedEvent,
  StreamWrite,
} from '../eventstore/event-store.ts';

/** Where a stream stood in the read a decision was made on. */
export interface StreamHead {
  readonly stream: string;
  readonly revision: ExpectedRevision;
  readonly chain: string;
}

/** The head of a stream nobody wrote to yet. */
export const emptyHead = (stream: string): StreamHead => ({
  stream,
  revision: 'none',
  chain: chainStart(stream),
});

/** The head that a stream's last event makes. */
export const headAfter = (event: RecordedEvent): StreamHead => ({
  stream: event.stream,
  revision: event.revision,
  chain: event.metadata.chain,
});

/** Who asked, in which request, when: what goes into the metadata of every event of a command. */
export interface Cause {
  readonly actor: Actor;
  readonly requestId: string;
  readonly at: Date;
}

export interface Draft {
  readonly type: string;
  readonly v: number;
  /** Where it is another than the cause's. */
  readonly actor?: Actor | undefined;
  /** Sealing comes after the id, which is bound into every seal. */
  readonly data: (eventId: string) => JsonObject;
}

/** An append at the head that was read: deterministic ids, the chain carried on over the stored bytes. */
export function writeAt(
  head: StreamHead,
  attemptId: string,
  { drafts, cause }: { readonly drafts: readonly Draft[]; readonly cause: Cause },
): StreamWrite {
  const { stream, revision: expected } = head;
  let chain = head.chain;
  const events = drafts.map(({ type, v, actor = cause.actor, data }, index): NewEvent => {
    const id = eventId({ attemptId, stream, expected, index, type });
    const revision = (expected === 'none' ? 0 : expected + 1) + index;
    const body = { stream, revision, id, type, data: data(id) };
    const metadata = {
      at: cause.at.toISOString(),
      v,
      actor,
      requestId: cause.requestId,
    };
    chain = nextChain(chain, { ...body, metadata });
    return { id, type, data: body.data, metadata: { ...metadata, chain } };
  });
  return { stream, expected, events };
}

/** The head after a write of ours went through. */
export function headAfterWrite(write: StreamWrite): StreamHead {
  const last = write.events.at(-1);
  if (!last) throw new Error('a write holds at least one event');
  const before = write.expected === 'none' ? -1 : write.expected;
  return {
    stream: write.stream,
    revision: before + write.events.length,
    chain: last.metadata.chain,
  };
}
