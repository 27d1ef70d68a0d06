import { describe, expect, test } from 'vitest';
import { localRoundTrips } from './local-round-trips.ts';

const trips = localRoundTrips();

describe.each(['google', 'acme'] as const)('an id token of %s (G20)', (role) => {
  test.each([
    'wrong-signature',
    'wrong-audience',
    'wrong-azp',
    'wrong-issuer',
    'expired-id-token',
    'wrong-nonce',
    'other-userinfo',
  ])('is not for us: %s', async (failure) => {
    expect(await trips.fault(trips.provider(role), { failure })).toMatchObject({
      code: 'provider-mismatch',
    });
  });

  test.each(['no-id-token', 'unsigned-id-token', 'missing-nonce'])(
    'is none: %s',
    async (failure) => {
      const { code } = await trips.fault(trips.provider(role), { failure });

      expect(code).toMatch(/^provider-(nonsense|mismatch)$/);
    },
  );

  test('names the subject; what userinfo says of the person is asked with its token', async () => {
    const before = trips.asked(`/${role}/userinfo`).length;
    const { profile } = await trips.signIn(trips.provider(role), { person: 'grace' });
    const [asked] = trips.asked(`/${role}/userinfo`).slice(before);

    expect(profile.subject).toBe('1906');
    expect(asked?.authorization).toMatch(/^Bearer access_/);
  });

  test('is checked with keys that are fetched once', async () => {
    const before = trips.asked(`/${role}/jwks`).length;
    const provider = trips.provider(role);
    await trips.signIn(provider);
    await trips.signIn(provider);

    expect(trips.asked(`/${role}/jwks`)).toHaveLength(before + 1);
  });
});
