import { describe, expect, onTestFinished, test } from 'vitest';
import { readEnvironment } from '../../config/environment.ts';
import { localSignIn, localSignInText, missingProviders } from '../../dev/local-sign-in.ts';

async function started(variables: Readonly<Record<string, string>> = {}) {
  const local = await localSignIn({ PORT: '3000', ...variables });
  if (local) onTestFinished(() => local.close());
  return local;
}

async function running(variables: Readonly<Record<string, string>> = {}) {
  const local = await started(variables);
  if (!local) throw new Error('it did not start');
  return local;
}

describe('a developer without any keys', () => {
  test('has all four ways in, and reads where and as whom', async () => {
    const local = await running();
    const added = missingProviders({}, local);

    expect(readEnvironment(added).providers.map(({ name }) => name)).toEqual([
      'github',
      'google',
      'facebook',
      'acme',
    ]);
    expect(localSignInText(local, added)).toContain(`${local.origin}: sign in there as ada, grace`);
  });

  test('is sent back to their own app only', async () => {
    const local = await running({ PORT: '3210' });
    const url = new URL('/github/login/oauth/authorize', local.origin);
    const status = async (redirect_uri: string) => {
      url.search = new URLSearchParams({
        response_type: 'code',
        client_id: 'local-github',
        redirect_uri,
        state: 's',
        code_challenge: 'c'.repeat(43),
        code_challenge_method: 'S256',
      }).toString();
      return (await fetch(url)).status;
    };

    expect(await status('http://localhost:3210/auth/github/callback')).toBe(200);
    expect(await status('http://localhost:3211/auth/github/callback')).toBe(400);
  });

  test('never finds it on the port their app was asked to take', async () => {
    const local = await running({ PORT: '4000' });

    expect(new URL(local.origin).port).not.toBe('4000');
  });
});

describe('a developer with keys of their own', () => {
  test('keeps them, and has the local provider for the others', async () => {
    const local = await running();
    const own = { GITHUB_CLIENT_ID: 'mine', OIDC_PROVIDERS: 'corp' };
    const added = Object.keys(missingProviders(own, local));

    expect(added.some((name) => /^(GITHUB|OIDC)_/.test(name))).toBe(false);
    expect(added).toEqual(expect.arrayContaining(['GOOGLE_CLIENT_ID', 'FACEBOOK_CLIENT_ID']));
  });
});

describe('the local provider (H8)', () => {
  test.each([
    { ORIGIN: 'https://accounts.example' },
    { HOST: '0.0.0.0' },
    { ORIGIN: 'not an address' },
  ])('does not start where development rules do not hold: %j', async (variables) => {
    expect(await started(variables)).toBeUndefined();
  });
});
