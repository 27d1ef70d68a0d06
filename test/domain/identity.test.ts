import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identity, identityValue } from '../../domain/identity.ts';

const github = { issuer: 'https://github.com', subject: '5' };

describe('an identity', () => {
  test('keeps issuer and subject apart (H1)', () => {
    const split = identityValue({ issuer: 'https://ab', subject: '1' });
    expect(split).not.toBe(identityValue({ issuer: 'https://a', subject: 'b1' }));
    expect(identityValue(github)).toBe('https://github.com\u00005');
  });

  test('is another one at another issuer, with the same subject (H1)', () =>
    expect(identityValue(github)).not.toBe(
      identityValue({ ...github, issuer: 'https://github.example' }),
    ));

  test.each([
    ['AbC', 'abc'],
    [' 5', '5'],
    ['é', 'e\u0301'],
    ['ｆ', 'f'],
    ['5', '05'],
  ])('is never folded or trimmed: %j is not %j (H1)', (one, other) => {
    const value = (subject: string) => identityValue(identity.parse({ ...github, subject }));
    expect(value(one)).not.toBe(value(other));
  });

  test('is told apart from every other by its bytes (H1)', () => {
    const anyIdentity = fc.record({ issuer: fc.string(), subject: fc.string({ unit: 'binary' }) });
    const accepted = anyIdentity.filter((one) => identity.safeParse(one).success);
    fc.assert(
      fc.property(accepted, accepted, (one, other) => {
        const same = one.issuer === other.issuer && one.subject === other.subject;
        const bytes = (value: typeof one) => Buffer.from(identityValue(value), 'utf8');
        expect(bytes(one).equals(bytes(other))).toBe(same);
      }),
    );
  });

  test.each([
    ['no subject', ''],
    ['a subject over 255 characters', 'x'.repeat(256)],
    ['half a surrogate pair, whose bytes another half shares', '\ud800'],
    ['a number', 5],
    ['nothing', undefined],
  ])('is refused with %s (G18)', (_what, subject) =>
    expect(identity.safeParse({ ...github, subject }).success).toBe(false),
  );

  test('takes a subject of 255 characters', () =>
    expect(identity.safeParse({ ...github, subject: 'x'.repeat(255) }).success).toBe(true));

  test('is refused with a zero byte in the issuer, which parts it from the subject', () =>
    expect(identity.safeParse({ ...github, issuer: 'https://a\u0000' }).success).toBe(false));
});
