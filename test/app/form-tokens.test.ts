import { describe, expect, test } from 'vitest';
import { deriveCookieKeys } from '../../app/server/cookie-keys.ts';
import { csrfToken, csrfTokenIsOf } from '../../app/server/csrf.ts';
import { mintOnce, ONCE_MS, readOnce } from '../../app/server/once.ts';

const keys = deriveCookieKeys(['secret']);
const noon = new Date('2026-05-01T12:00:00Z');
const session = { kind: 'session', id: 'one' } as const;

describe('a csrf token', () => {
  test('is right for its principal, and for nobody else', () => {
    const token = csrfToken(keys.csrf, session);

    expect(csrfTokenIsOf(keys.csrf, token, session)).toBe(true);
    expect(csrfTokenIsOf(keys.csrf, token, { kind: 'session', id: 'two' })).toBe(false);
    expect(csrfTokenIsOf(keys.csrf, token, { kind: 'anonymous', id: 'one' })).toBe(false);
  });

  test('never looks the same twice, since pages are compressed, and all of them are right', () => {
    const tokens = Array.from({ length: 50 }, () => csrfToken(keys.csrf, session));

    expect(new Set(tokens.map((token) => token.slice(0, 8))).size).toBe(50);
    expect(new Set(tokens.map((token) => token.slice(-8))).size).toBe(50);
    expect(tokens.every((token) => csrfTokenIsOf(keys.csrf, token, session))).toBe(true);
  });

  test.each([
    undefined,
    null,
    '',
    'x',
    42,
    {},
    [],
    'A'.repeat(86),
    'A'.repeat(10_000),
    new File([], 'csrf'),
  ])('is not %j', (token) => {
    expect(csrfTokenIsOf(keys.csrf, token, session)).toBe(false);
  });

  test('made for another purpose or under another secret is wrong (H18)', () => {
    const others = [keys.once, keys.anonymous, deriveCookieKeys(['other']).csrf];

    for (const other of others)
      expect(csrfTokenIsOf(keys.csrf, csrfToken(other, session), session)).toBe(false);
  });

  test('stays right when secrets rotate', () => {
    const rotated = deriveCookieKeys(['new', 'secret']);

    expect(csrfTokenIsOf(rotated.csrf, csrfToken(keys.csrf, session), session)).toBe(true);
  });
});

describe('once (F14)', () => {
  const value = mintOnce(keys.once, 'browser', noon);
  const read = (given: unknown, { browser = 'browser', at = noon } = {}) =>
    readOnce(keys.once, browser, { value: given, at });

  test('gives the same 128 bits each time the form is sent', () => {
    const [first, second] = [read(value), read(value)];

    expect(first).toEqual(second);
    expect(first).toEqual({ ok: true, value: expect.stringMatching(/^[\w-]{22}$/) as string });
  });

  test('is another one for every form', () => {
    expect(read(mintOnce(keys.once, 'browser', noon))).not.toEqual(read(value));
  });

  test('counts for a day, to the millisecond', () => {
    const end = noon.getTime() + ONCE_MS;

    expect(read(value, { at: new Date(end - 1) }).ok).toBe(true);
    expect(read(value, { at: new Date(end) })).toMatchObject({ refusal: { code: 'once-expired' } });
  });

  test('of another browser is refused', () => {
    expect(read(value, { browser: 'another' })).toMatchObject({
      refusal: { code: 'once-foreign' },
    });
  });

  test('cannot be made longer-lived, or made up', () => {
    const [seed, until, mac] = value.split('.');
    const made = [
      `${seed}.${Number(until) + 1}.${mac}`,
      `${'A'.repeat(22)}.${until}.${mac}`,
      `${seed}.${until}.${'A'.repeat(43)}`,
      `${seed}.${until}`,
      `${value}.x`,
      csrfToken(keys.csrf, { kind: 'anonymous', id: 'browser' }),
      '',
      undefined,
      42,
      new File([], 'once'),
    ];

    for (const given of made)
      expect(read(given)).toMatchObject({ refusal: { code: 'once-foreign' } });
  });
});
