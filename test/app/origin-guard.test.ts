import { json } from '@remix-run/node';
import { describe, expect, test } from 'vitest';
import { formHeaders, startEdge } from './edge.ts';

/** A page with an action, a resource with an action; both count how often they ran. */
async function startCounting() {
  let ran = 0;
  const action = () => {
    ran += 1;
    return json({ ran });
  };
  const edge = await startEdge({
    routes: { '/page': { action }, '/resource': { action, page: false } },
  });
  return { edge, ran: () => ran };
}

type Case = readonly [what: string, headers: Record<string, string>, path?: string];

const named = (cases: readonly Case[]) =>
  cases.map(([what, headers, path = '/page']) => ({ what, headers, path }));

const form = 'application/x-www-form-urlencoded';

async function write(headers: Readonly<Record<string, string>>, path: string) {
  const { edge, ran } = await startCounting();
  const own = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replace('OURS', edge.origin)]),
  );
  const { status } = await edge.ask(path, {
    method: 'POST',
    headers: { 'content-type': form, ...own },
    body: 'a=1',
  });
  return { status, ran: ran() };
}

describe('a write, by where it says it comes from (CVE-2026-22030, security 2.7)', () => {
  const refused: readonly Case[] = [
    ['a document POST from another site', { origin: 'https://evil.example' }],
    ['single fetch from another site', { origin: 'https://evil.example' }, '/page.data'],
    [
      'a POST to a resource route from another site',
      { origin: 'https://evil.example' },
      '/resource',
    ],
    [
      'a POST to `?_data=` from another site',
      { origin: 'https://evil.example' },
      '/page?_data=routes%2Fpage',
    ],
    ['a POST to `?_data=` from here', { origin: 'OURS' }, '/page?_data=routes%2Fpage'],
    ['a POST to `?x&_%64ata=` from here', { origin: 'OURS' }, '/page?x&_%64ata=1'],
    ['no Origin and no Sec-Fetch-Site', {}],
    ['Origin null', { origin: 'null' }],
    ['an empty Origin', { origin: '' }],
    ['another scheme', { origin: 'https://localhost' }],
    ['another port', { origin: 'http://localhost:1' }],
    ['our origin as a beginning', { origin: 'OURS.evil.example' }],
    ['another loopback name', { origin: 'http://127.0.0.1' }],
    ['Sec-Fetch-Site cross-site', { 'sec-fetch-site': 'cross-site', origin: 'OURS' }],
    ['Sec-Fetch-Site same-site', { 'sec-fetch-site': 'same-site', origin: 'OURS' }],
    ['Sec-Fetch-Site none', { 'sec-fetch-site': 'none', origin: 'OURS' }],
    ['Sec-Fetch-Site twice', { 'sec-fetch-site': 'same-origin, cross-site' }],
    [
      'same-origin with a foreign Origin',
      { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' },
    ],
    ['same-origin to `?_data=`', { 'sec-fetch-site': 'same-origin' }, '/page?_data=routes%2Fpage'],
  ];

  test.each(named(refused))(
    'is refused with 403 before any action: $what',
    async ({ headers, path }) => {
      expect(await write(headers, path)).toEqual({ status: 403, ran: 0 });
    },
  );

  const accepted: readonly Case[] = [
    ['our Origin', { origin: 'OURS' }, '/page'],
    ['our Origin, to a resource', { origin: 'OURS' }, '/resource'],
    ['Sec-Fetch-Site same-origin without Origin', { 'sec-fetch-site': 'same-origin' }, '/page'],
    ['both, as browsers send them', { 'sec-fetch-site': 'same-origin', origin: 'OURS' }, '/page'],
    [
      'a page of ours that hides its address',
      { 'sec-fetch-site': 'same-origin', origin: 'null' },
      '/page',
    ],
    ['a script of ours', { 'sec-fetch-site': 'same-origin', origin: 'OURS' }, '/page.data'],
  ];

  test.each(named(accepted))('reaches its action: $what', async ({ headers, path }) => {
    expect(await write(headers, path)).toEqual({ status: 200, ran: 1 });
  });

  test('behind a proxy is judged by ORIGIN, whatever Host and X-Forwarded-Host say', async () => {
    const edge = await startEdge({
      config: { origin: 'https://accounts.example', development: false },
      routes: { '/page': { action: ({ request }) => ({ url: request.url }) } },
    });
    const ask = (origin: string) =>
      edge.ask('/page', {
        method: 'POST',
        headers: {
          ...formHeaders(origin),
          host: 'evil.example',
          'x-forwarded-host': 'evil.example',
        },
        body: 'a=1',
      });

    expect((await ask('https://evil.example')).status).toBe(403);
    const ours = await ask('https://accounts.example');
    expect(ours.status).toBe(200);
    expect(ours.text).toContain('https://accounts.example/page');
  });

  test('that is refused gets a page with the request id, and no cookie', async () => {
    const { edge } = await startCounting();

    const answer = await edge.ask('/page', { method: 'POST', headers: { 'content-type': form } });

    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.text).toContain(answer.headers['x-request-id']);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });
});

describe('a read', () => {
  test('with `?_data=` is refused too: it goes round the page and its guards', async () => {
    const edge = await startEdge({ routes: { '/page': { loader: () => 'secret' } } });

    const answer = await edge.ask('/page?_data=routes%2Fpage');

    expect(answer.status).toBe(403);
    expect(answer.text).not.toContain('secret');
  });

  test('from another site is answered: links lead here', async () => {
    const edge = await startEdge({ routes: { '/page': { loader: () => 'page' } } });

    expect((await edge.ask('/page', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(
      200,
    );
  });
});
