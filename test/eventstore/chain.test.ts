import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chainStart, nextChain, type ChainedEvent } from '../../eventstore/chain.ts';
import { actors } from '../../eventstore/event-store.ts';

const text = fc.string({ unit: 'binary' });
const data = fc.dictionary(text, fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text)));
const event: fc.Arbitrary<ChainedEvent> = fc.record({
  stream: text,
  revision: fc.nat(),
  id: text,
  type: text,
  data,
  metadata: fc.record({
    at: text,
    v: fc.nat(),
    actor: fc.constantFrom(...actors),
    requestId: text,
  }),
});

describe('a chain', () => {
  test('goes on over the RFC 8785 form of the whole event, whatever is in it', () => {
    fc.assert(
      fc.property(text, event, (stream, next) => {
        const previous = chainStart(stream);
        const whole = createHash('sha256')
          .update(Buffer.from(previous, 'base64url'))
          .update(canonicalize(next) ?? '')
          .digest('base64url');

        expect(nextChain(previous, next)).toBe(whole);
      }),
    );
  });
});
