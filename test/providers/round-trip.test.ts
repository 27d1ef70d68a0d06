import { describe, expect, test } from 'vitest';
import { answerPage, localRoundTrips, redirectUriOf, type Form } from './local-round-trips.ts';
import { roleNames, type RoleName } from '../../dev/local-provider/roles.ts';
import type { Departure } from '../../providers/provider.ts';

const trips = localRoundTrips();

const authorizePaths: Readonly<Record<RoleName, string>> = {
  github: '/github/login/oauth/authorize',
  google: '/google/authorize',
  facebook: '/facebook/v23.0/dialog/oauth',
  acme: '/acme/authorize',
};
const tokenPaths: Readonly<Record<RoleName, string>> = {
  github: '/github/login/oauth/access_token',
  google: '/google/token',
  facebook: '/graph/v23.0/oauth/access_token',
  acme: '/acme/token',
};

const departure = (name: string, ask: Departure['ask'] = 'nothing'): Departure => ({
  redirectUri: redirectUriOf(name),
  ask,
});

/** Everything of a round trip up to the moment somebody is back. */
async function back(role: RoleName, form: Form = {}) {
  const provider = trips.provider(role);
  const departed = await provider.depart(departure(role));
  const { searchParams } = await answerPage(departed.url, form);
  const arrival = {
    redirectUri: redirectUriOf(role),
    state: departed.state,
    code: searchParams.get('code') ?? '',
    iss: searchParams.get('iss'),
    kept: departed.kept,
  };
  return { provider, arrival };
}

describe.each(roleNames)('a round trip to %s', (role) => {
  test('proves who somebody is', async () => {
    const proved = await trips.signIn(trips.provider(role), { person: 'grace' });

    expect(proved.profile).toMatchObject({
      issuer: trips.provider(role).issuer,
      subject: '1906',
      name: 'Grace Hopper',
      email: 'grace@example.com',
    });
    expect(proved.tokens).toBeNull();
  });

  test('leaves with S256, a fresh state and nothing of what is kept (G5)', async () => {
    const provider = trips.provider(role);
    const [one, other] = [
      await provider.depart(departure(role)),
      await provider.depart(departure(role)),
    ];
    const { searchParams } = one.url;

    expect(searchParams.get('code_challenge_method')).toBe('S256');
    expect(searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/);
    expect(searchParams.get('state')).toBe(one.state);
    expect(one.state).toMatch(/^[\w-]{43}$/);
    expect(one.state).not.toBe(other.state);
    expect(searchParams.get('code_challenge')).not.toBe(
      other.url.searchParams.get('code_challenge'),
    );
    expect(one.url.href).not.toContain(one.kept);
  });

  test('is refused with the verifier of another (G5, L6)', async () => {
    const { provider, arrival } = await back(role);
    const { state, kept } = await provider.depart(departure(role));
    const swapped = provider.arrive({ ...arrival, state, kept });

    await expect(swapped).rejects.toMatchObject({ code: 'provider-rejected' });
  });

  test('is refused with a state that is not the one kept, before any code is redeemed', async () => {
    const { provider, arrival } = await back(role);
    const before = trips.asked(tokenPaths[role]).length;
    const swapped = provider.arrive({ ...arrival, state: 'another-state-than-the-one-kept' });

    await expect(swapped).rejects.toBeInstanceOf(Error);
    expect(trips.asked(tokenPaths[role])).toHaveLength(before);
  });

  test.each(['', '{}', 'not json', '{"cookie":"x=y"}'])(
    'is refused where what was kept is broken: %s',
    async (kept) => {
      const { provider, arrival } = await back(role);

      await expect(provider.arrive({ ...arrival, kept })).rejects.toMatchObject({
        code: 'provider-mismatch',
      });
    },
  );

  test('is refused in another issuer’s name, before any code is redeemed (G6)', async () => {
    const { provider, arrival } = await back(role);
    const before = trips.asked(tokenPaths[role]).length;
    const wrong = ['https://attacker.example', '', `${provider.issuer}/`];

    for (const iss of wrong) {
      expect(provider.acceptsIss(iss)).toBe(false);
      await expect(provider.arrive({ ...arrival, iss })).rejects.toMatchObject({
        code: 'provider-mismatch',
      });
    }
    expect(trips.asked(tokenPaths[role])).toHaveLength(before);
    expect((await provider.arrive(arrival)).profile.subject).toBe('1815');
  });

  test('brings a secret with + % : é whole (G16)', async () => {
    const secret = Object.entries(trips.local().environment[role]).find(([name]) =>
      name.endsWith('_CLIENT_SECRET'),
    );

    expect(secret?.[1]).toMatch(/\+.*%.*:.*é/);
    expect((await trips.signIn(trips.provider(role))).profile.subject).toBe('1815');
  });

  test('asks for nothing of its own accord that an address could have told it (G23)', async () => {
    const provider = trips.provider(role);
    const injected = { ...departure(role), login_hint: 'victim', prompt: 'none', scope: 'repo' };
    const { url } = await provider.depart(injected);
    const known =
      /^(client_id|redirect_uri|response_type|state|scope|nonce|code_challenge(_method)?|access_type|include_granted_scopes)$/;

    expect([...url.searchParams.keys()].filter((name) => !known.test(name))).toEqual([]);
    expect(url.searchParams.get('scope')).not.toContain('repo');
    expect(`${url.origin}${url.pathname}`).toBe(`${trips.local().origin}${authorizePaths[role]}`);
  });
});

describe('a provider that names itself on the way back (G6)', () => {
  test('is GitHub, by another name than its identities’ issuer', () => {
    const provider = trips.provider('github', { GITHUB_BASE_URL: 'https://github.com' });

    expect(provider.issuer).toBe('https://github.com');
    expect(provider.acceptsIss('https://github.com/login/oauth')).toBe(true);
    expect(provider.acceptsIss('https://github.com')).toBe(true);
    expect(provider.acceptsIss(null)).toBe(true);
    expect(provider.acceptsIss('https://github.com/login/oauth/')).toBe(false);
  });

  test('must go on doing so where its metadata says that it does', async () => {
    const { provider, arrival } = await back('acme', { failure: 'missing-iss' });

    expect(provider.issRequired).toBe(true);
    expect(arrival.iss).toBeNull();
    await expect(provider.arrive(arrival)).rejects.toMatchObject({ code: 'provider-mismatch' });
  });

  test('is held to that also by a process that did not see somebody leave', async () => {
    const { arrival } = await back('acme');
    const fresh = trips.provider('acme');

    expect(fresh.issRequired).toBe(false);
    await expect(fresh.arrive({ ...arrival, iss: null })).rejects.toMatchObject({
      code: 'provider-mismatch',
    });
  });
});

describe('what is asked of a provider’s page (H4, H20)', () => {
  test.each([
    ['github', 'account', { prompt: 'select_account' }],
    ['github', 'proof', { prompt: 'select_account' }],
    ['google', 'account', { prompt: 'select_account' }],
    ['google', 'proof', { prompt: 'select_account', max_age: '0' }],
    ['facebook', 'account', { auth_type: 'reauthenticate' }],
    ['facebook', 'proof', { auth_type: 'reauthenticate' }],
    ['acme', 'account', { prompt: 'select_account' }],
    ['acme', 'proof', { prompt: 'login', max_age: '0' }],
  ] as const)('%s, for its %s', async (role, ask, expected) => {
    const { url } = await trips.provider(role).depart(departure(role, ask));

    expect(Object.fromEntries(url.searchParams)).toMatchObject(expected);
  });

  test.each(['google', 'acme'] as const)(
    '%s signs when somebody proved themselves',
    async (role) => {
      const now = Date.now();
      const fresh = await trips.signIn(trips.provider(role), {}, 'proof');
      const old = await trips.signIn(trips.provider(role), { failure: 'old-auth-time' }, 'proof');
      const none = await trips.signIn(trips.provider(role), { failure: 'no-auth-time' }, 'proof');

      expect(Math.abs((fresh.provedAt?.getTime() ?? 0) - now)).toBeLessThan(20_000);
      expect(now - (old.provedAt?.getTime() ?? now)).toBeGreaterThan(23 * 3600 * 1000);
      expect(none.provedAt).toBeNull();
    },
  );

  test.each(['github', 'facebook'] as const)('%s signs nothing of the kind', async (role) => {
    expect((await trips.signIn(trips.provider(role), {}, 'proof')).provedAt).toBeNull();
  });
});
