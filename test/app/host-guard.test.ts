import { describe, expect, test } from 'vitest';
import { startEdge } from './edge.ts';

const routes = { '/page': { loader: () => 'page', action: () => 'written' } };
const production = { origin: 'https://accounts.example', development: false };

describe('under development rules (H8)', () => {
  test.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example:3000',
    '192.168.1.7',
    '0.0.0.0',
    '[::2]',
    'localhost@evil.example',
    'evil.example/localhost',
  ])('a request for the Host "%s" is answered 421', async (host) => {
    const edge = await startEdge({ routes });

    expect((await edge.ask('/page', { headers: { host } })).status).toBe(421);
  });

  test.each([
    'x-forwarded-for',
    'x-forwarded-host',
    'x-forwarded-proto',
    'x-forwarded-anything',
    'forwarded',
    'via',
    'x-real-ip',
    'cf-connecting-ip',
  ])('a request that a proxy handed on (%s) is answered 421', async (header) => {
    const edge = await startEdge({ routes });

    expect((await edge.ask('/page', { headers: { [header]: '127.0.0.1' } })).status).toBe(421);
  });

  test('neither pages, forms, files nor the endpoints of machines answer a foreign Host', async () => {
    const edge = await startEdge({ routes });
    const headers = { host: 'evil.example' };

    for (const path of ['/page', '/healthz', '/readyz', '/metrics', '/assets/x.js', '/nothing'])
      expect([path, (await edge.ask(path, { headers })).status]).toEqual([path, 421]);
    expect((await edge.ask('/page', { method: 'POST', headers })).status).toBe(421);
  });

  test.each(['127.0.0.1', '[::1]', 'LOCALHOST:1', 'app.localhost', 'localhost'])(
    'a page asked for under the loopback name %s is at home at ORIGIN',
    async (host) => {
      const edge = await startEdge({ routes });

      const answer = await edge.ask('/page?a=1&b=%2F', { headers: { host } });

      expect(answer.status).toBe(307);
      expect(answer.headers.location).toBe(`${edge.origin}/page?a=1&b=%2F`);
    },
  );

  test.each(['//evil.example/', '///evil.example', '/\\evil.example', '//evil.example/%2f..'])(
    'the way to ORIGIN never leads elsewhere: %s',
    async (path) => {
      const edge = await startEdge({ routes });

      const { headers } = await edge.ask(path, { headers: { host: '127.0.0.1' } });

      expect(new URL(headers.location ?? edge.origin).origin).toBe(edge.origin);
    },
  );

  test('a form sent to another loopback name is not sent on, and changes nothing', async () => {
    const edge = await startEdge({ routes });

    const answer = await edge.ask('/page', {
      method: 'POST',
      headers: { host: `127.0.0.1:${edge.port}`, origin: `http://127.0.0.1:${edge.port}` },
    });

    expect(answer.status).toBe(403);
  });

  test('machines are answered under any loopback name', async () => {
    const edge = await startEdge({ routes });

    expect((await edge.ask('/healthz', { headers: { host: '127.0.0.1' } })).status).toBe(200);
  });
});

describe('in production', () => {
  test('a proxy may hand on whatever Host it likes: links come from ORIGIN alone', async () => {
    const edge = await startEdge({
      config: production,
      routes: { '/page': { loader: ({ request }) => request.url } },
    });

    const answer = await edge.ask('/page', {
      headers: {
        host: '10.0.0.7',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'http',
      },
    });

    expect(answer.status).toBe(200);
    expect(answer.text).toContain('https://accounts.example/page');
    expect(answer.text).not.toContain('evil.example');
  });
});
