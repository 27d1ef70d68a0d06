import { createHash } from 'node:crypto';

/** UUIDv5 (RFC 9562 section 5.5) of a name under a namespace, both ours. */
export function uuidV5(namespace: string, name: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
    .subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [8, 12, 16, 20, 32]
    .map((end, index, ends) => hex.slice(index === 0 ? 0 : ends[index - 1], end))
    .join('-');
}

const EVENT_IDS = '6f0f2b2e-6d0a-5c55-9a0e-0d6b1c8f7a11';

/** Where an event is meant to stand; the same place in the same attempt gives the same id. */
export interface EventPlace {
  readonly attemptId: string;
  readonly stream: string;
  readonly expected: 'none' | number;
  readonly index: number;
  readonly type: string;
}

/** A deterministic event id, so that sending the same append again is recognised and adds nothing. */
export const eventId = ({ attemptId, stream, expected, index, type }: EventPlace): string =>
  uuidV5(EVENT_IDS, [attemptId, stream, expected, index, type].join('\u0000'));
