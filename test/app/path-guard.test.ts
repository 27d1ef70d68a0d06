import { redirect } from '@remix-run/node';
import { describe, expect, test } from 'vitest';
import { formHeaders, startEdge } from './edge.ts';

async function startCounting() {
  const ran: string[] = [];
  const edge = await startEdge({
    routes: {
      '/': { loader: () => 'first page' },
      '/login': { loader: () => 'login', action: () => void ran.push('login') },
      '/recover/:token': { loader: ({ params }) => params.token },
      '/auth/:provider': {
        action: () => {
          ran.push('provider');
          return redirect('/', 303);
        },
        page: false,
      },
      '/auth/confirm': { loader: () => 'confirm' },
      '/logout': { action: () => void ran.push('logout'), page: false },
      '/settings/password': { loader: () => 'password' },
    },
  });
  const post = (path: string) =>
    edge.ask(path, { method: 'POST', headers: formHeaders(edge.origin), body: 'a=1' });
  return { edge, ran, post };
}

describe('a form sent to an odd spelling (GHSA-x732-6j76-qmhm, security 2.4)', () => {
  test.each([
    '/login/',
    '/login//',
    '//login',
    '/LOGIN',
    '/Login',
    '/%6cogin',
    '/%6Cogin',
    '/./login',
    '/../login',
    '/x/../login',
    '/login/.',
    '/login%2f',
    '/login%00',
    '/login;a=1',
    '/login\\',
    '/LOGIN.data',
    '/login/.data',
    '//login.data',
    '/%6cogin.data',
    '/./login.data',
    '/login.data/',
    '/LOGIN/?x=1',
  ])('reaches no action: %s', async (path) => {
    const { post, ran } = await startCounting();

    expect((await post(path)).status).toBe(404);
    expect(ran).toEqual([]);
  });

  test('reaches its action by the one right spelling, of a page and of its scripts', async () => {
    const { post, ran } = await startCounting();

    expect((await post('/login')).status).toBe(200);
    expect((await post('/login?redirectTo=%2Fsettings')).status).toBe(200);
    expect((await post('/login.data')).status).toBe(200);
    expect(ran).toEqual(['login', 'login', 'login']);
  });

  test('reaches the route whose words it says before one that takes any word', async () => {
    const { edge, post, ran } = await startCounting();

    expect((await edge.ask('/auth/confirm')).status).toBe(200);
    expect((await post('/auth/github')).status).toBe(303);
    expect(ran).toEqual(['provider']);
  });
});

describe('a page asked for by an odd spelling', () => {
  test.each([
    ['/login/', '/login'],
    ['/LOGIN', '/login'],
    ['/Login/?redirectTo=%2Fsettings', '/login?redirectTo=%2Fsettings'],
    ['/RECOVER/AbC-_9', '/recover/AbC-_9'],
    ['/Settings/PASSWORD/', '/settings/password'],
    ['/AUTH/confirm', '/auth/confirm'],
    ['/nothing/', '/nothing'],
  ])('is sent to the right one: %s → %s', async (path, right) => {
    const { edge } = await startCounting();

    const answer = await edge.ask(path);

    expect([answer.status, answer.headers.location]).toEqual([308, right]);
    expect((await edge.ask(path, { method: 'HEAD' })).status).toBe(308);
  });

  test.each([
    '//evil.example',
    '//evil.example/',
    '///evil.example/',
    '//login',
    '/./login',
    '/%2e%2e/login',
    '/%zz',
    '/%',
    '/%c0%af',
    '/login%0d%0aSet-Cookie:a=b',
    '/a//b',
    '/.data',
    '/%F0%9F%94%91',
  ])('is at no page, and is sent nowhere: %s', async (path) => {
    const { edge } = await startCounting();

    const answer = await edge.ask(path);

    expect([answer.status, answer.headers.location]).toEqual([404, undefined]);
  });

  test('keeps what is typed where a route has a parameter', async () => {
    const { edge } = await startCounting();

    expect((await edge.ask('/recover/AbC-_9')).text).toContain('AbC-_9');
  });

  test('answers the first page to its scripts by the name they use', async () => {
    const { edge } = await startCounting();

    expect((await edge.ask('/_root.data')).status).toBe(200);
    expect(edge.log()).toContain('"route":"/"');
  });
});

describe('a method', () => {
  test.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    '%s is answered 405 on every path, and no loader runs',
    async (method) => {
      let ran = 0;
      const edge = await startEdge({ routes: { '/page': { loader: () => (ran += 1) } } });
      const headers = { origin: edge.origin };

      for (const path of ['/page', '/page.data', '/nothing', '/healthz']) {
        const answer = await edge.ask(path, { method, headers });
        expect([path, answer.status]).toEqual([path, 405]);
        expect(answer.headers.allow).toBe('GET, HEAD, POST');
      }
      expect(ran).toBe(0);
    },
  );

  test('that a route does not speak is answered 405 with those it does', async () => {
    const { edge, post, ran } = await startCounting();

    const read = await edge.ask('/logout');
    const head = await edge.ask('/logout', { method: 'HEAD' });
    const written = await post('/settings/password');

    expect([read.status, read.headers.allow]).toEqual([405, 'POST']);
    expect(head.status).toBe(405);
    expect([written.status, written.headers.allow]).toEqual([405, 'GET, HEAD']);
    expect(ran).toEqual([]);
  });

  test('HEAD answers as GET does, without a body', async () => {
    const { edge } = await startCounting();

    const answer = await edge.ask('/login', { method: 'HEAD' });

    expect([answer.status, answer.text]).toEqual([200, '']);
  });
});
