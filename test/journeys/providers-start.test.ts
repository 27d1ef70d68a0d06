import { describe, expect, test } from 'vitest';
import { registered } from '../support/people.ts';
import {
  answerThere,
  CONNECTIONS,
  leave,
  leaveFor,
  newStranger,
  registeredBy,
  roundTrip,
  startForm,
  tokenRequests,
} from '../support/provider-trips.ts';
import { theProviders } from './the-providers.ts';

const { local, browser } = theProviders();
const github = { role: 'github' } as const;

describe('a start', () => {
  test('G3: a hundred and twenty of them leave the cookies as they were, and the last ten are good', async () => {
    const client = browser();
    const fields = await startForm(client, github);
    const { cookie } = client;
    const urls: URL[] = [];
    for (let count = 0; count < 120; count += 1) {
      const { status, location = '' } = await client.post('/auth/github', fields);
      expect(status).toBe(303);
      urls.push(new URL(location));
    }

    expect(client.cookie).toBe(cookie);
    expect(await client.get('/')).toMatchObject({ status: 200 });
    const [dropped, kept] = [urls.at(-11), urls.at(-10)];
    if (!dropped || !kept) throw new Error('there are a hundred and twenty');
    expect(await client.get(await answerThere(dropped, newStranger()))).toMatchObject({
      status: 400,
    });
    expect(await client.get(await answerThere(kept, newStranger()))).toMatchObject({ status: 303 });
  });

  test.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])(
    'G10, L8: by %s is answered 405 and sets nothing',
    async (method) => {
      const client = browser();
      await client.get('/login');
      const { cookie } = client;

      for (const path of ['/auth/github', '/auth/github?intent=link', '/auth/github.data']) {
        const headers = { 'sec-purpose': 'prefetch', purpose: 'prefetch' };
        const answer = await client.ask(path, { method, headers });

        expect(answer.status, path).toBe(405);
        expect(answer.setCookies).toEqual([]);
        expect(answer.location).toBeUndefined();
      }
      expect(client.cookie).toBe(cookie);
    },
  );

  test.each(['HEAD', 'OPTIONS', 'POST'])('G10: a callback by %s spends nothing', async (method) => {
    const client = browser();
    const path = await answerThere(await leaveFor(client, github), newStranger());

    const before = tokenRequests(local()).length;

    const headers = { origin: client.origin };
    expect(await client.ask(path, { method, headers })).toMatchObject({ status: 405 });

    expect(tokenRequests(local())).toHaveLength(before);
    expect(await client.get(path)).toMatchObject({ status: 303 });
  });

  test('L2: from another site, or without the form’s own token, leaves for nowhere', async () => {
    const { client } = await registered(browser());
    const start = { ...github, page: CONNECTIONS };
    const fields = await startForm(client, start);
    const stranger = await startForm(browser(), github);

    const foreign = { origin: 'https://evil.example' };
    expect(await client.post('/auth/github', fields, foreign)).toMatchObject({ status: 403 });
    for (const csrf of ['', 'x', stranger['csrf'] ?? '']) {
      const answer = await leave(client, { ...start, typed: { csrf } });

      expect(answer).toMatchObject({ status: 403, location: undefined });
      expect(answer.text).toContain('This form is too old');
    }
  });

  test('L2: to connect asks for a fresh proof first', async () => {
    const { client } = await registeredBy(browser(), 'github');

    const answer = await leave(client, { role: 'google', page: CONNECTIONS });

    expect(answer.location).toBe('/reauth?redirectTo=%2Fsettings%2Fconnections');
  });

  test.each(['link', 'reauth'])(
    'to %s without a session leads to the sign-in page',
    async (intent) => {
      const answer = await leave(browser(), { ...github, typed: { intent } });

      expect(answer.status === 403 || answer.location?.startsWith('/login?')).toBe(true);
    },
  );

  test('G23: hands nothing of the visitor’s own on to the provider', async () => {
    const client = browser();
    const fields = await startForm(client, github);
    const extra = { login_hint: 'victim@example.com', prompt: 'none', scope: 'repo', state: 'x' };
    const query = new URLSearchParams({ ...extra, redirect_uri: 'https://evil.example/' });

    const answer = await client.post(`/auth/github?${query.toString()}`, { ...fields, ...extra });

    const { searchParams } = new URL(answer.location ?? '');
    expect([...searchParams.keys()].sort()).toEqual(
      ['client_id', 'code_challenge', 'code_challenge_method', 'redirect_uri'].concat([
        'response_type',
        'scope',
        'state',
      ]),
    );
    expect(searchParams.get('scope')).toBe('user:email');
    expect(searchParams.get('redirect_uri')).toBe(`${client.origin}/auth/github/callback`);
  });

  test.each([
    ['/settings/history?at=3', '/settings/history?at=3'],
    ['https://evil.example/', '/'],
    ['//evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/logout', '/'],
    ['/auth/github', '/'],
    ['javascript:alert(1)', '/'],
  ])('G22: comes back to a page of ours: %j leads to %s', async (redirectTo, place) => {
    const { stranger } = await registeredBy(browser(), 'github');

    const answer = await roundTrip(browser(), { ...github, typed: { redirectTo } }, stranger);

    expect(answer).toMatchObject({ status: 303, location: place });
  });

  test('G22: what the way back says of a place to go counts for nothing', async () => {
    const { stranger } = await registeredBy(browser(), 'github');
    const client = browser();
    const path = await answerThere(await leaveFor(client, github), stranger);

    const answer = await client.get(`${path}&redirectTo=/settings&intent=link&provider=google`);

    expect(answer).toMatchObject({ status: 303, location: '/' });
  });

  test.each(['nope', 'GitHub%2f', '__proto__', 'constructor'])(
    'G25: for a provider that is none (%#) is our 404 page, and so is its callback',
    async (name) => {
      const client = browser();
      const fields = await startForm(client, github);

      const start = await client.post(`/auth/${name}`, fields);
      const callback = await client.get(`/auth/${name}/callback?state=${'a'.repeat(43)}&code=x`);

      for (const answer of [start, callback]) {
        expect(answer.status).toBe(404);
        expect(answer.html).toContain('<h1');
      }
    },
  );
});
