import { data, redirect } from '@remix-run/node';
import { describe, expect, test } from 'vitest';
import { formHeaders, startEdge } from './edge.ts';

const throwing = (code: string) => () => {
  throw Object.assign(new Error(`geheim ${code}`), { code });
};

describe('a fault of a loader or action', () => {
  test.each([
    'unavailable',
    'outcome-unknown',
    'overloaded',
    'writer-busy',
    'writer-gone',
    'commit-failed',
    'try-again',
  ])('that passes is answered 503 with Retry-After, told by its code: %s', async (code) => {
    const fault = throwing(code);
    const edge = await startEdge({ routes: { '/page': { loader: fault, action: fault } } });

    for (const path of ['/page', '/page.data'])
      for (const method of ['GET', 'POST']) {
        const asked = { method, headers: formHeaders(edge.origin) };
        const answer = await edge.ask(path, method === 'POST' ? { ...asked, body: 'a=1' } : asked);

        expect([path, method, answer.status]).toEqual([path, method, 503]);
        expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
        expect(answer.text).not.toContain('geheim');
        expect(answer.text).toContain(answer.headers['x-request-id']);
      }
  });

  test.each(['key-missing', 'seal-broken', 'ERR_WHATEVER'])(
    'that does not pass is answered 500 with the request id: %s',
    async (code) => {
      const edge = await startEdge({ routes: { '/page': { loader: throwing(code) } } });

      const answer = await edge.ask('/page');

      expect([answer.status, answer.headers['retry-after']]).toEqual([500, undefined]);
      expect(answer.text).toContain(answer.headers['x-request-id']);
      expect(answer.text).not.toContain('geheim');
    },
  );

  test('is written down once, with its request', async () => {
    const edge = await startEdge({ routes: { '/page': { loader: throwing('unavailable') } } });

    const { headers } = await edge.ask('/page');

    const faults = edge
      .log()
      .split('\n')
      .filter((line) => line.includes('"msg":"fault"'));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(headers['x-request-id']);
  });

  test('keeps the cookies that were set before it', async () => {
    const edge = await startEdge({
      routes: {
        '/page': {
          loader: ({ context }) => {
            context.cookies.theme.set('dark');
            throw new Error('broken');
          },
        },
      },
    });

    expect((await edge.ask('/page')).headers['set-cookie']).toEqual([
      expect.stringContaining('theme=dark'),
    ]);
  });
});

describe('what a route answers', () => {
  test('keeps its Retry-After and Allow, which Remix would drop from a page', async () => {
    const edge = await startEdge({
      routes: {
        '/limited': { action: () => data({}, { status: 429, headers: { 'Retry-After': '7' } }) },
        '/posts-only': {
          loader: () => {
            throw new Response(null, { status: 405, headers: { Allow: 'POST' } });
          },
        },
      },
    });

    const limited = await edge.post('/limited', { a: '1' });
    const posts = await edge.ask('/posts-only');

    expect([limited.status, limited.headers['retry-after']]).toEqual([429, '7']);
    expect([posts.status, posts.headers.allow]).toEqual([405, 'POST']);
  });

  test('is a redirect with the cookies of the request', async () => {
    const edge = await startEdge({
      routes: {
        '/page': {
          action: ({ context }) => {
            context.cookies.flash.set('saved');
            context.answer.set('Clear-Site-Data', '"cache"');
            return redirect('/', 303);
          },
        },
      },
    });

    const answer = await edge.post('/page', { a: '1' });

    expect([answer.status, answer.headers.location]).toEqual([303, '/']);
    expect(answer.headers['clear-site-data']).toBe('"cache"');
    expect(answer.headers['set-cookie']).toEqual([expect.stringContaining('flash=')]);
  });
});
