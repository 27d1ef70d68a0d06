import { describe, expect, test } from 'vitest';
import { localRoundTrips, redirectUriOf } from './local-round-trips.ts';
import { roleNames, type RoleName } from '../../dev/local-provider/roles.ts';

const trips = localRoundTrips();
const quick = { callMs: 400, tripMs: 3_000 };

const tokenPaths: Readonly<Record<RoleName, string>> = {
  github: '/github/login/oauth/access_token',
  google: '/google/token',
  facebook: '/graph/v23.0/oauth/access_token',
  acme: '/acme/token',
};
const profilePaths: Readonly<Record<RoleName, string>> = {
  github: '/github/api/v3/user',
  google: '/google/userinfo',
  facebook: '/graph/v23.0/me',
  acme: '/acme/userinfo',
};

const outcomes = [
  ['hanging', 'provider-unreachable'],
  ['drip', 'provider-unreachable'],
  ['reset', 'provider-unreachable'],
  ['server-error', 'provider-unreachable'],
  ['redirect', 'provider-nonsense'],
  ['html', 'provider-nonsense'],
  ['mislabelled', 'provider-nonsense'],
  ['huge', 'provider-nonsense'],
  ['huge-gzip', 'provider-nonsense'],
  ['bad-json', 'provider-nonsense'],
] as const;
/** Where the way of failing is shown already: without those that take their time, and those that libraries let pass. */
const shown = new Set(['drip', 'reset', 'mislabelled']);
const others = outcomes.filter(([name]) => !shown.has(name));

describe.each(roleNames)('%s answering badly (G15)', (role) => {
  test.each(outcomes)(
    'with tokens, %s: %s, and the code is not sent twice',
    async (failure, code) => {
      const provider = trips.provider(role, {}, quick);
      const before = trips.asked(tokenPaths[role]).length;
      const started = performance.now();

      expect(await trips.fault(provider, { failure })).toMatchObject({ code, provider: role });
      expect(performance.now() - started).toBeLessThan(quick.tripMs - 1_000);
      expect(trips.asked(tokenPaths[role])).toHaveLength(before + 1);
      expect(trips.asked('/elsewhere')).toEqual([]);
    },
  );

  test.each(others)('with the profile, %s: %s', async (failure, code) => {
    const provider = trips.provider(role, {}, quick);
    const before = trips.asked(profilePaths[role]).length;
    const fault = await trips.fault(provider, { failure: `profile-${failure}` });
    const tries = code === 'provider-unreachable' ? 2 : 1;

    expect(fault).toMatchObject({ code, provider: role });
    expect(trips.asked(profilePaths[role])).toHaveLength(before + tries);
  });

  test('with the profile, once: it is read again', async () => {
    const proved = await trips.signIn(trips.provider(role), { failure: 'profile-flaky' });

    expect(proved.profile.subject).toBe('1815');
  });

  test('too late as a whole, though no call was: the callback ends', async () => {
    const provider = trips.provider(role, {}, { callMs: 5_000, tripMs: 400 });
    const started = performance.now();

    expect(await trips.fault(provider, { failure: 'profile-hanging' })).toMatchObject({
      code: 'provider-unreachable',
    });
    expect(performance.now() - started).toBeLessThan(4_500);
  });
});

describe.each(['google', 'acme'] as const)('the keys of %s (G15)', (role) => {
  test.each(others)('%s: %s', async (failure, code) => {
    const provider = trips.provider(role, {}, quick);

    expect(await trips.fault(provider, { failure: `keys-${failure}` })).toMatchObject({ code });
  });
});

describe.each(['google', 'acme'] as const)('the discovery of %s (G15)', (role) => {
  test.each(others)('%s: %s, and the next departure asks again', async (manner, code) => {
    const provider = trips.provider(role, {}, quick);
    const departure = { redirectUri: redirectUriOf(role), ask: 'nothing' } as const;
    trips.local().misbehaveNext('discovery', manner);

    await expect(provider.depart(departure)).rejects.toMatchObject({ code });
    expect((await provider.depart(departure)).url.origin).toBe(trips.local().origin);
  });

  test('is asked for once, not at every sign-in', async () => {
    const path = `/${role}/.well-known/openid-configuration`;
    const before = trips.asked(path).length;
    const provider = trips.provider(role);
    await trips.signIn(provider);
    await trips.signIn(provider);

    expect(trips.asked(path)).toHaveLength(before + 1);
  });
});

describe('the standard limits (G15)', () => {
  test('end a call after 5 seconds and a callback after 10, and wait for an answer after three', async () => {
    const provider = trips.provider('github');
    const started = performance.now();
    const ended = async (failure: string) => {
      const { code } = await trips.fault(provider, { failure });
      return { code, after: performance.now() - started };
    };
    const [call, trip, proved] = await Promise.all([
      ended('hanging'),
      ended('profile-hanging'),
      trips.signIn(provider, { failure: 'slow' }),
    ]);

    expect([call.code, trip.code]).toEqual(['provider-unreachable', 'provider-unreachable']);
    expect(Math.abs(call.after - 5_000)).toBeLessThan(3_000);
    expect(Math.abs(trip.after - 10_000)).toBeLessThan(3_000);
    expect(proved.profile.subject).toBe('1815');
  });
});

describe('a provider that is not there', () => {
  test.each(roleNames)('%s: unreachable, at once', async (role) => {
    const nowhere = Object.fromEntries(
      Object.entries(trips.local().environment[role]).map(([name, value]) => [
        name,
        value.replace(trips.local().origin, 'http://127.0.0.1:1'),
      ]),
    );
    const provider = trips.provider(role, nowhere);
    const redirectUri = redirectUriOf(role);
    const kept = (await trips.provider(role).depart({ redirectUri, ask: 'nothing' })).kept;
    const state = /state=([\w-]+)/.exec(kept)?.[1] ?? '';
    const arriving = provider.arrive({ redirectUri, state, code: 'x', iss: null, kept });

    await expect(arriving).rejects.toMatchObject({ code: 'provider-unreachable' });
  });
});
