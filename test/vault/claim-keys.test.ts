import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createClaimKeys } from '../../vault/claim-keys.ts';

const pepper = Buffer.alloc(32, 7);
const claimKeys = createClaimKeys(pepper);

describe('a claim key', () => {
  test('is the HMAC of kind, zero byte and value', () => {
    const expected = createHmac('sha256', pepper).update('email\0ann@example.org');

    expect(claimKeys.keyOf('email', 'ann@example.org')).toBe(expected.digest('base64url'));
  });

  test('keeps kinds apart, and values byte for byte (H1)', () => {
    const keys = [
      claimKeys.keyOf('email', 'ann'),
      claimKeys.keyOf('username', 'ann'),
      claimKeys.keyOf('identity', 'https://a\u0000AbC'),
      claimKeys.keyOf('identity', 'https://a\u0000abc'),
      claimKeys.keyOf('identity', 'https://aa\u0000bc'),
    ];

    expect(new Set(keys).size).toBe(keys.length);
  });

  test('depends on the pepper', () => {
    const other = createClaimKeys(Buffer.alloc(32, 8));

    expect(other.keyOf('email', 'ann')).not.toBe(claimKeys.keyOf('email', 'ann'));
    expect(other.keyCheck).not.toBe(claimKeys.keyCheck);
  });

  test('is recognised by a check that is no claim’s key', () => {
    expect(createClaimKeys(pepper).keyCheck).toBe(claimKeys.keyCheck);
    expect(claimKeys.keyCheck).toMatch(/^[A-Za-z0-9_-]{43}$/);
    for (const kind of ['email', 'username', 'identity'] as const) {
      expect(claimKeys.keyOf(kind, '')).not.toBe(claimKeys.keyCheck);
    }
  });
});
