import { describe, expect, test } from 'vitest';
import { startEdge } from './edge.ts';

const SECRET = 'geheim';

function parsed(log: string): readonly Record<string, unknown>[] {
  return log
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the log (H10, G21)', () => {
  test('holds pattern, method, status, time and id of a request', async () => {
    const edge = await startEdge({ routes: { '/people/:name': { loader: () => 'page' } } });

    const { headers } = await edge.ask('/people/alice');

    expect(parsed(edge.log())).toEqual([
      {
        level: 'info',
        time: expect.any(String) as string,
        msg: 'request',
        requestId: headers['x-request-id'],
        method: 'GET',
        route: '/people/:name',
        status: 200,
        ms: expect.any(Number) as number,
      },
    ]);
  });

  test('holds nothing that a request brought: path, query, form, cookies, headers', async () => {
    const edge = await startEdge({
      routes: { '/people/:name': { loader: () => 'page', action: () => 'done' } },
    });
    const headers = {
      cookie: `sid=${SECRET}`,
      authorization: `Bearer ${SECRET}`,
      'user-agent': SECRET,
      referer: `https://a.example/${SECRET}`,
      'x-request-id': SECRET,
      'x-correlation-id': SECRET,
      traceparent: SECRET,
    };

    await edge.ask(`/people/${SECRET}?code=${SECRET}&state=${SECRET}`, { headers });
    await edge.ask(`/${SECRET}`, { headers });
    await edge.ask(`/${SECRET}//`, { headers });
    await edge.ask(`/people/${SECRET}`, { headers: { host: SECRET } });
    await edge.ask('/people/x', { method: SECRET.toUpperCase(), headers }).catch(() => undefined);
    await edge.post(`/people/${SECRET}`, { text: `${SECRET}@a.example` }, `anon=${SECRET}`);
    await edge.post('/people/x', { [SECRET]: 'x'.repeat(20_000) });

    expect(parsed(edge.log()).length).toBeGreaterThan(5);
    expect(edge.log()).not.toContain(SECRET);
  });

  test('says of a fault its type, code and place, never its message', async () => {
    const edge = await startEdge({
      routes: {
        '/page': {
          loader: () => JSON.parse(`${SECRET}@a.example`) as unknown,
        },
      },
    });

    const { status, text } = await edge.ask('/page');

    const fault = parsed(edge.log()).find(({ msg }) => msg === 'fault');
    expect(status).toBe(500);
    expect(fault).toMatchObject({ level: 'error', route: '/page', err: { type: 'SyntaxError' } });
    expect(JSON.stringify(fault)).toContain('request-log.test.ts');
    expect(edge.log() + text).not.toContain(SECRET);
  });

  test('says of a fault of ours what it says of itself, and of its cause only the kind', async () => {
    const cause = new TypeError(SECRET);
    const fault = Object.assign(new Error('the log cannot be written now', { cause }), {
      code: 'unavailable',
    });
    const edge = await startEdge({
      routes: {
        '/page': {
          loader: () => {
            throw fault;
          },
        },
      },
    });

    await edge.ask('/page');

    expect(parsed(edge.log())[0]).toMatchObject({
      err: {
        code: 'unavailable',
        message: 'the log cannot be written now',
        cause: { type: 'TypeError' },
      },
    });
    expect(edge.log()).not.toContain(SECRET);
  });

  test('names a request by an id minted here, whatever id it brings', async () => {
    const edge = await startEdge({ routes: { '/page': { loader: () => 'page' } } });

    const first = await edge.ask('/page', { headers: { 'x-request-id': 'theirs' } });
    const second = await edge.ask('/page', { headers: { 'x-request-id': 'theirs' } });

    expect(first.headers['x-request-id']).not.toBe('theirs');
    expect(first.headers['x-request-id']).not.toBe(second.headers['x-request-id']);
  });
});
