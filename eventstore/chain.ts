import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { EventMetadata, JsonObject, RecordedEvent } from './event-store.ts';

const sha256 = (...parts: (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

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
export const chainStart = (stream: string): string => sha256(stream).toString('base64url');

/**
 * SHA-256(previous chain ‖ RFC 8785 form of the event without its chain), base64url.
 * It shows that a stream is consistent. Whoever can write the log can recompute it: truth needs a signed head.
 */
export function nextChain(previous: string, event: ChainedEvent): string {
  const { stream, revision, id, type, data, metadata } = event;
  const { at, v, actor, requestId } = metadata;
  const covered = { stream, revision, id, type, data, metadata: { at, v, actor, requestId } };
  return sha256(Buffer.from(previous, 'base64url'), canonicalize(covered) ?? '').toString(
    'base64url',
  );
}

/** Does the recorded event continue the chain that ended in `previous`? */
export const continuesChain = (previous: string, event: RecordedEvent): boolean =>
  nextChain(previous, event) === event.metadata.chain;
