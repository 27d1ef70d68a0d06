import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { EventMetadata, JsonObject, RecordedEvent } from './event-store.ts';

const sha256 = (content: string | Buffer): string => hash('sha256', content, 'base64url');

/** What a link covers: the event as it is stored, its own chain value left out. */
export interface ChainedEvent {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: Omit<EventMetadata, 'chain'>;
}

/** The value before a stream's first event: SHA-256 of its name, base64url. */
export const chainStart = (stream: string): string => sha256(stream);

/**
 * SHA-256(previous chain ‖ RFC 8785 form of the event without its chain), base64url.
 * It shows that a stream is consistent. Whoever can write the log can recompute it: truth needs a signed head.
 */
export function nextChain(previous: string, event: ChainedEvent): string {
  return sha256(Buffer.concat([Buffer.from(previous, 'base64url'), Buffer.from(covered(event))]));
}

/** RFC 8785: names in order. Ours are known; only the data's are not, and making the whole at once takes thrice as long. */
function covered({ stream, revision, id, type, data, metadata }: ChainedEvent): string {
  const { at, v, actor, requestId } = metadata;
  const about = `"actor":${text(actor)},"at":${text(at)},"requestId":${text(requestId)},"v":${v}`;
  const place = `"revision":${revision},"stream":${text(stream)},"type":${text(type)}`;
  return `{"data":${canonicalize(data) ?? ''},"id":${text(id)},"metadata":{${about}},${place}}`;
}

/** A string in RFC 8785 is what ECMAScript makes of it. */
const text = (value: string): string => JSON.stringify(value);

/** Does the recorded event continue the chain that ended in `previous`? */
export const continuesChain = (previous: string, event: RecordedEvent): boolean =>
  nextChain(previous, event) === event.metadata.chain;
