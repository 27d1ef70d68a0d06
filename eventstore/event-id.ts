import { hash } from 'node:crypto';

/** UUIDv5 (RFC 9562 section 5.5) of a name under a namespace, both ours. */
export function uuidV5(namespace: Buffer, name: string): string {
  const named = Buffer.concat([namespace, Buffer.from(name)]);
  const hex = hash('sha1', named, 'hex');
  const variant = ((parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  const [low, middle] = [hex.slice(0, 8), hex.slice(8, 12)];
  return `${low}-${middle}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A namespace from its usual writing. */
export const uuidNamespace = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');

const EVENT_IDS = uuidNamespace('6f0f2b2e-6d0a-5c55-9a0e-0d6b1c8f7a11');

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
