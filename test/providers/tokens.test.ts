import { describe, expect, test } from 'vitest';
import { localRoundTrips } from './local-round-trips.ts';
import { roleNames, type RoleName } from '../../dev/local-provider/roles.ts';
import { OAuth2Tokens } from 'arctic';
import { apiAddress } from '../../providers/api-call.ts';
import { keptTokens } from '../../providers/token-request.ts';
import type { ProviderTokens } from '../../vault/vault-round-trips.ts';

const trips = localRoundTrips();

const api: Readonly<Record<RoleName, Readonly<Record<string, string>>>> = {
  github: { GITHUB_API_SCOPES: 'repo' },
  google: { GOOGLE_API_SCOPES: 'https://www.googleapis.com/auth/calendar' },
  facebook: { FACEBOOK_API_SCOPES: 'pages_show_list' },
  acme: { OIDC_ACME_SCOPE: 'openid profile email offline_access' },
};
const ownPath: Readonly<Record<RoleName, string>> = {
  github: '/user',
  google: '/userinfo',
  facebook: '/me',
  acme: '/userinfo',
};

async function withTokens(role: RoleName) {
  const provider = trips.provider(role, api[role]);
  const { tokens } = await trips.signIn(provider);
  if (!tokens) throw new Error('no tokens');
  return { provider, tokens };
}

describe.each(roleNames)('a token answer of %s (G19)', (role) => {
  test.each(['no-access-token', 'empty-access-token', 'no-token-type', 'mac-token-type'])(
    'is nonsense with %s, and the profile is not asked for',
    async (failure) => {
      const before = trips
        .local()
        .seen.filter(({ path }) => /(user|userinfo|me)$/.test(path)).length;

      expect(await trips.fault(trips.provider(role), { failure })).toMatchObject({
        code: 'provider-nonsense',
      });
      expect(
        trips.local().seen.filter(({ path }) => /(user|userinfo|me)$/.test(path)),
      ).toHaveLength(before);
    },
  );

  test.each(['expired-code', 'code-used-twice', 'wrong-client'])(
    'that says no is a no: %s',
    async (failure) => {
      expect(await trips.fault(trips.provider(role), { failure })).toMatchObject({
        code: 'provider-rejected',
      });
    },
  );
});

describe.each(roleNames)('tokens of %s', (role) => {
  test('are handed on only where an API is configured (O11)', async () => {
    const { tokens } = await withTokens(role);
    const wanted = Object.values(api[role])[0]?.split(' ').at(-1);

    expect((await trips.signIn(trips.provider(role))).tokens).toBeNull();
    expect(tokens.accessToken).toMatch(/^access_/);
    expect(tokens.scopes).toContain(wanted);
    expect(tokens.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 3_500_000);
  });

  test('are renewed, keep what the answer does not say again, and open the API', async () => {
    const { provider, tokens } = await withTokens(role);
    const renewed = await provider.refresh(tokens);
    const answer = await provider.fetch(renewed, ownPath[role]);

    expect(renewed.accessToken).not.toBe(tokens.accessToken);
    expect(renewed.scopes).toEqual(tokens.scopes);
    expect(JSON.stringify(await answer.json())).toContain('1815');
  });

  test('are over where the provider says so, or where there is nothing to renew them with', async () => {
    const { provider, tokens } = await withTokens(role);
    const spent = { ...tokens, accessToken: 'gone', refreshToken: 'gone' };

    await expect(provider.refresh(spent)).rejects.toMatchObject({ code: 'provider-rejected' });
    await expect(
      provider.refresh({ ...tokens, accessToken: 'gone', refreshToken: null }),
    ).rejects.toMatchObject({ code: 'provider-rejected' });
  });

  test('are taken back at the provider, and then open nothing', async () => {
    const { provider, tokens } = await withTokens(role);

    expect(await provider.revoke(tokens)).toBe('revoked');
    expect((await provider.fetch(tokens, ownPath[role])).status).toBeGreaterThanOrEqual(400);
  });

  test('go nowhere but to its API', async () => {
    const { provider, tokens } = await withTokens(role);
    const before = trips.local().seen.length;
    const wrong = [
      '//attacker.example/',
      '/../openid',
      '/x/../../y',
      'https://attacker.example/',
      '',
    ];

    for (const path of wrong)
      await expect(provider.fetch(tokens, path)).rejects.toMatchObject({
        code: 'provider-rejected',
      });
    expect(trips.local().seen).toHaveLength(before);
  });
});

describe('renewed tokens', () => {
  test('keep the old refresh token and the scopes where the answer names none', () => {
    const answer = new OAuth2Tokens({ access_token: 'new', token_type: 'bearer' });

    expect(keptTokens(answer, { refreshToken: 'old', scopes: ['repo'] })).toEqual({
      accessToken: 'new',
      refreshToken: 'old',
      expiresAt: null,
      scopes: ['repo'],
    });
  });
});

describe('taking a grant back', () => {
  const tokens: ProviderTokens = {
    accessToken: 'unknown',
    refreshToken: null,
    expiresAt: null,
    scopes: [],
  };

  test.each(['github', 'facebook'] as const)(
    'fails at %s where it knows nothing of it',
    async (role) => {
      expect(await trips.provider(role).revoke(tokens)).toBe('failed');
    },
  );

  test.each(['google', 'acme'] as const)('fails at %s while it is down', async (role) => {
    trips.local().misbehaveNext('revocation', 'server-error');

    expect(await trips.provider(role).revoke(tokens)).toBe('failed');
    expect(await trips.provider(role).revoke(tokens)).toBe('revoked');
  });
});

describe('an API address', () => {
  test.each([
    ['/user', 'https://ghe.example/api/v3/user'],
    ['/user?a=b%2Fc', 'https://ghe.example/api/v3/user?a=b%2Fc'],
    ['/a/./b', 'https://ghe.example/api/v3/a/b'],
  ])('of %s is under the base', (path, address) => {
    expect(apiAddress('https://ghe.example/api/v3', path)?.href).toBe(address);
    expect(apiAddress('https://ghe.example/api/v3/', path)?.href).toBe(address);
  });

  test.each([
    '',
    'user',
    '//attacker.example/x',
    '/\\attacker.example/x',
    '\\\\attacker.example',
    '/../x',
    '/a/../../x',
    '/%2e%2e/x',
    '/%2E%2E/%2e%2e/x',
    '/x#y',
    '/x y',
    '/x\ty',
    '/\t/attacker.example',
    'https://attacker.example/api/v3/x',
    '@attacker.example/x',
  ])('of %j is none', (path) => {
    expect(apiAddress('https://ghe.example/api/v3', path)).toBeUndefined();
  });
});
