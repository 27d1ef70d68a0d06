import { describe, expect, test } from 'vitest';
import { startEdge } from './edge.ts';

const metricsToken = 'a-token-of-sixteen-letters-or-more';

describe('/healthz', () => {
  test('says that the process answers, whatever the services say', async () => {
    const edge = await startEdge({
      services: { health: async () => ({ ready: false, parts: { log: 'unavailable' } }) },
    });

    expect((await edge.ask('/healthz')).status).toBe(200);
  });
});

describe('/readyz', () => {
  test('says part by part what is ready', async () => {
    const edge = await startEdge();

    const answer = await edge.ask('/readyz');

    expect([answer.status, answer.text]).toEqual([200, '{"ready":true,"parts":{"log":"ok"}}']);
  });

  test('is 503 with Retry-After while a part is not', async () => {
    const edge = await startEdge({
      services: { health: async () => ({ ready: false, parts: { lookups: 'poison-event' } }) },
    });

    const answer = await edge.ask('/readyz');

    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '2']);
    expect(answer.text).toContain('poison-event');
  });
});

describe('/metrics (H10)', () => {
  test('is open to this machine asking directly', async () => {
    const edge = await startEdge();

    const answer = await edge.ask('/metrics');

    expect(answer.status).toBe(200);
    expect(answer.text).toContain('latchkey_http_request_duration_seconds');
  });

  const production = { origin: 'https://accounts.example', development: false };

  test.each([
    ['handed on by a proxy', { 'x-forwarded-for': '127.0.0.1' }],
    ['handed on by a proxy that says so otherwise', { forwarded: 'for=127.0.0.1' }],
    ['under our public name, as through a tunnel', { host: 'accounts.example' }],
  ])('is closed to a request %s', async (_case, headers) => {
    const edge = await startEdge({ config: production });

    expect((await edge.ask('/metrics', { headers })).status).toBe(403);
  });

  test.each(['Bearer', 'bearer'])('opens from afar by its token after "%s"', async (scheme) => {
    const edge = await startEdge({ config: { ...production, metricsToken } });
    const authorization = `${scheme} ${metricsToken}`;
    const headers = { 'x-forwarded-for': '192.0.2.7', authorization };

    expect((await edge.ask('/metrics', { headers })).status).toBe(200);
  });

  test.each([
    'Bearer wrong',
    'Bearer ',
    'Bearer',
    `Basic ${metricsToken}`,
    `${metricsToken}`,
    `Bearer ${metricsToken}x`,
    '',
  ])('stays closed to "%s"', async (authorization) => {
    const edge = await startEdge({
      config: { ...production, metricsToken },
    });
    const headers = { 'x-forwarded-for': '192.0.2.7', authorization };

    expect((await edge.ask('/metrics', { headers })).status).toBe(403);
  });

  test('count by route pattern and class of status: no path, no reason of a refusal', async () => {
    const edge = await startEdge({
      routes: {
        '/people/:name': { loader: () => 'page' },
        '/login': {
          action: ({ request }) =>
            new Response(null, { status: request.url.includes('unknown') ? 400 : 409 }),
        },
      },
    });
    await edge.ask('/people/alice');
    await edge.ask('/nothing/alice');
    await edge.post('/login?unknown', { a: '1' });
    await edge.post('/login?wrong', { a: '1' });

    const { text } = await edge.ask('/metrics');

    expect(text).toMatch(/_count\{method="GET",route="\/people\/:name",status="2xx"\} 1/);
    expect(text).toMatch(/_count\{method="POST",route="\/login",status="4xx"\} 2/);
    expect(text).not.toMatch(/alice|unknown|wrong|="4\d\d"/);
  });
});
