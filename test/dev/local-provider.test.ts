import { createHash, createHmac } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failures } from '../../dev/local-provider/failures.ts';
import { samplePeople } from '../../dev/local-provider/people.ts';
import type { RoleName } from '../../dev/local-provider/roles.ts';
import {
  startLocalProvider,
  type LocalProvider,
} from '../../dev/local-provider/start-local-provider.ts';

const APP = 'http://localhost:3000';
const VERIFIER = 'v'.repeat(43);
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

let local: LocalProvider;
beforeAll(async () => {
  local = await startLocalProvider({ appOrigins: [APP] });
});
afterAll(() => local.close());

type Fields = Readonly<Record<string, string>>;

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

function keysOf(role: RoleName) {
  const values = Object.entries(local.environment[role]);
  const value = (ending: string) => values.find(([name]) => name.endsWith(ending))?.[1] ?? '';
  return { client_id: value('CLIENT_ID'), client_secret: value('CLIENT_SECRET') };
}

function authorizeUrl(role: RoleName, other: Fields = {}): URL {
  const url = new URL(authorizePaths[role], local.origin);
  const standard = {
    response_type: 'code',
    client_id: keysOf(role).client_id,
    redirect_uri: `${APP}/auth/${role}/callback`,
    state: 'state-of-sixteen-or-more',
    scope: 'openid user:email',
    nonce: 'nonce',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
  };
  url.search = new URLSearchParams({ ...standard, ...other }).toString();
  return url;
}

const post = (url: URL | string, body: Fields, headers: Fields = {}) =>
  fetch(new URL(url, local.origin), {
    method: 'POST',
    body: new URLSearchParams(body),
    redirect: 'manual',
    headers,
  });

const locationOf = (answer: Response) => new URL(answer.headers.get('location') ?? 'none:');

async function codeFor(role: RoleName, form: Fields = { person: 'ada' }): Promise<string> {
  return locationOf(await post(authorizeUrl(role), form)).searchParams.get('code') ?? '';
}

const redeem = (role: RoleName, code: string, other: Fields = {}) =>
  post(tokenPaths[role], {
    grant_type: 'authorization_code',
    code,
    redirect_uri: `${APP}/auth/${role}/callback`,
    code_verifier: VERIFIER,
    ...keysOf(role),
    ...other,
  });

async function tokensFor(role: RoleName, form?: Fields): Promise<Fields> {
  return (await (await redeem(role, await codeFor(role, form))).json()) as Fields;
}

const read = async (path: string, token: string): Promise<unknown> => {
  const answer = await fetch(new URL(path, local.origin), {
    headers: { authorization: `Bearer ${token}` },
  });
  return answer.json();
};

const roles: readonly RoleName[] = ['github', 'google', 'facebook', 'acme'];

describe.each(roles)('the local provider as %s', (role) => {
  test('shows one form with everybody and every failure, without scripts', async () => {
    const answer = await fetch(authorizeUrl(role));
    const html = await answer.text();

    for (const { handle } of samplePeople) expect(html).toContain(`value="${handle}"`);
    for (const name of failures.keys()) expect(html).toContain(`<option value="${name}"`);
    for (const name of ['subject', 'handle', 'name', 'email', 'emailVerified'])
      expect(html).toContain(`name="${name}"`);
    expect(html).not.toContain('<script');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('sends nobody to an address that is not registered', async () => {
    const addresses = [
      'https://attacker.example/auth/x/callback',
      `${APP}/auth/${role}/callback?x=1`,
      `${APP}/auth/${role}/callback/`,
      `http://localhost:3001/auth/${role}/callback`,
      '',
    ];

    for (const redirect_uri of addresses) {
      const answer = await post(authorizeUrl(role, { redirect_uri }), { person: 'ada' });
      expect(answer.status).toBe(400);
      expect(answer.headers.get('location')).toBeNull();
    }
    expect((await fetch(authorizeUrl(role, { client_id: 'another' }))).status).toBe(400);
  });

  test.each([
    ['no challenge', { code_challenge: '' }],
    ['a plain one', { code_challenge_method: 'plain' }],
    ['no state', { state: '' }],
  ])('takes no request with %s (G5)', async (_, other) => {
    const answer = await fetch(authorizeUrl(role, other), { redirect: 'manual' });

    expect(locationOf(answer).searchParams.get('error')).toBe('invalid_request');
  });

  test('gives tokens for a code once', async () => {
    const code = await codeFor(role);

    expect(await (await redeem(role, code)).json()).toHaveProperty('access_token');
    expect(await (await redeem(role, code)).json()).toHaveProperty('error');
  });

  test.each([
    ['another verifier', { code_verifier: 'w'.repeat(43) }],
    ['another redirect URI', { redirect_uri: `${APP}/auth/other/callback` }],
    ['another secret', { client_secret: 'wrong' }],
  ])('gives none with %s', async (_, other) => {
    const answer = await redeem(role, await codeFor(role), other);

    expect(await answer.json()).toHaveProperty('error');
  });

  test('lets somebody say no', async () => {
    const answer = await post(authorizeUrl(role), { person: 'ada', failure: 'denied' });
    const { searchParams: back } = locationOf(answer);

    expect(back.get('error')).toBe('access_denied');
    expect(back.get('state')).toBe('state-of-sixteen-or-more');
    expect(back.has('code')).toBe(false);
  });

  test('knows no failure that is not in its list', async () => {
    const answer = await post(authorizeUrl(role), { person: 'ada', failure: 'made-up' });

    expect(answer.status).toBe(400);
  });

  test('lets whoever stays signed in through, unless the picker or a proof is asked for', async () => {
    const first = await post(authorizeUrl(role), { person: 'grace', remember: 'true' });
    const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
    const visit = async (other: Fields) =>
      (await fetch(authorizeUrl(role, other), { headers: { cookie }, redirect: 'manual' })).status;

    expect(await visit({})).toBe(303);
    expect(await visit({ prompt: 'select_account' })).toBe(200);
    expect(await visit({ auth_type: 'reauthenticate' })).toBe(200);
    expect(await visit({ max_age: '0' })).toBe(200);
  });
});

describe('the shapes', () => {
  test('of GitHub: a numeric id, no public e-mail, every address on a page of its own', async () => {
    const { access_token: token = '', scope, token_type } = await tokensFor('github');

    expect({ scope, token_type }).toEqual({ scope: 'openid,user:email', token_type: 'bearer' });
    expect(await read('/github/api/v3/user', token)).toMatchObject({
      id: 1815,
      login: 'ada',
      email: null,
    });
    expect(await read('/github/api/v3/user/emails', token)).toContainEqual({
      email: 'ada@example.com',
      primary: true,
      verified: true,
      visibility: 'private',
    });
  });

  test('of GitHub’s no: 200 with an error', async () => {
    const answer = await redeem('github', 'no-such-code');

    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ error: 'bad_verification_code' });
  });

  test('of Google: a signed id token that names the hosted domain', async () => {
    const { id_token = '' } = await tokensFor('google');
    const keys = createRemoteJWKSet(new URL('/google/jwks', local.origin));
    const { payload } = await jwtVerify(id_token, keys, { issuer: `${local.origin}/google` });

    expect(payload).toMatchObject({
      aud: keysOf('google').client_id,
      sub: '1815',
      email_verified: true,
      hd: 'example.com',
      nonce: 'nonce',
    });
  });

  test('of Facebook: fields that are asked for, a picture in `data`, and a proof of the secret', async () => {
    const { access_token: token = '' } = await tokensFor('facebook');
    const proof = createHmac('sha256', keysOf('facebook').client_secret).update(token);
    const path = `/graph/v23.0/me?fields=id,picture&appsecret_proof=${proof.digest('hex')}`;

    expect(await read(path, token)).toEqual({
      id: '1815',
      picture: { data: { url: expect.any(String) as string, is_silhouette: false } },
    });
    expect(await read('/graph/v23.0/me', token)).toMatchObject({
      error: { type: 'OAuthException', code: 100 },
    });
  });

  test('of Facebook’s no: credentials count in the body only, and its error is an object', async () => {
    const { client_id, client_secret } = keysOf('facebook');
    const encoded = `${encodeURIComponent(client_id)}:${encodeURIComponent(client_secret)}`;
    const basic = Buffer.from(encoded).toString('base64');
    const body = {
      grant_type: 'authorization_code',
      code: await codeFor('facebook'),
      redirect_uri: `${APP}/auth/facebook/callback`,
      code_verifier: VERIFIER,
    };
    const answer = await post(tokenPaths.facebook, body, { authorization: `Basic ${basic}` });

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: { message: 'Missing client_id parameter.', type: 'OAuthException' },
    });
  });

  test('of somebody typed: they count before who is picked', async () => {
    const form = {
      person: 'ada',
      subject: 'x-1',
      handle: 'xena',
      name: '<Xena>',
      email: 'x@y.example',
    };
    const { access_token: token = '' } = await tokensFor('acme', {
      ...form,
      emailVerified: 'true',
    });

    expect(await read('/acme/userinfo', token)).toMatchObject({
      sub: 'x-1',
      preferred_username: 'xena',
      name: '<Xena>',
      email: 'x@y.example',
      email_verified: true,
    });
  });
});

describe('what is asked of the page', () => {
  test('cannot write into it', async () => {
    const answer = await fetch(authorizeUrl('acme', { scope: 'openid <script>alert(1)</script>' }));

    expect(await answer.text()).not.toContain('<script>');
  });
});
