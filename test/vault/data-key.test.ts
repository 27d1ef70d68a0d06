import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDataKey } from '../../vault/data-key.ts';

const key = createDataKey(randomBytes(32));
const CONTEXT = 'account-ann\u0000event-1\u0000personal';
const brokenSeal: unknown = expect.objectContaining({ code: 'seal-broken' });

describe('a sealed field', () => {
  test('opens to what was sealed, whatever text and context', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, context) => {
        expect(key.open(context, key.seal(context, text))).toBe(text);
      }),
    );
  });

  test('does not open under another key', () => {
    const field = key.seal(CONTEXT, 'ann@example.org');

    expect(() => createDataKey(randomBytes(32)).open(CONTEXT, field)).toThrow(brokenSeal);
  });

  test('does not open in another context', () => {
    const field = key.seal(CONTEXT, 'ann@example.org');

    expect(() => key.open('account-ann\u0000event-2\u0000personal', field)).toThrow(brokenSeal);
  });

  test('does not open with any one byte changed or lost', () => {
    const field = key.seal(CONTEXT, 'ann');
    const bytes = Buffer.from(field.sealed, 'base64url');

    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      const cut = bytes.subarray(0, at);
      for (const wrong of [changed, cut]) {
        const sealed = wrong.toString('base64url');
        expect(() => key.open(CONTEXT, { ...field, sealed })).toThrow(brokenSeal);
      }
    }
  });

  test('has one spelling only', () => {
    const field = key.seal(CONTEXT, 'ann');

    expect(() => key.open(CONTEXT, { ...field, sealed: `${field.sealed}=` })).toThrow(brokenSeal);
  });

  test('does not open where its commitment is not its own', () => {
    const field = key.seal(CONTEXT, 'ann');
    const { commitment } = key.seal(CONTEXT, 'bob');

    expect(() => key.open(CONTEXT, { ...field, commitment })).toThrow(brokenSeal);
  });

  test('commits with a salt: the same text twice has nothing in common (H9)', () => {
    const [one, other] = [key.seal(CONTEXT, 'ann'), key.seal(CONTEXT, 'ann')];

    expect(one.commitment).not.toBe(other.commitment);
    expect(one.sealed).not.toBe(other.sealed);
  });

  test('is refused for a text that has no UTF-8 form', () => {
    expect(() => key.seal(CONTEXT, 'half \ud83d')).toThrow(TypeError);
  });
});

describe('a sealed column', () => {
  test('opens at its own place only', () => {
    const sealed = key.sealColumn('credentials\u0000c1\u0000hash', '$2b$12$…');

    expect(key.openColumn('credentials\u0000c1\u0000hash', sealed)).toBe('$2b$12$…');
    expect(() => key.openColumn('credentials\u0000c2\u0000hash', sealed)).toThrow(brokenSeal);
  });
});
