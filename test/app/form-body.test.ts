import { gzipSync } from 'node:zlib';
import { json } from '@remix-run/node';
import { describe, expect, test } from 'vitest';
import { formHeaders, startEdge } from './edge.ts';

async function startReading() {
  const seen: string[] = [];
  const edge = await startEdge({
    routes: {
      '/form': {
        action: async ({ request }) => {
          const fields = new URLSearchParams(await request.text());
          seen.push(fields.toString());
          return json(Object.fromEntries(fields));
        },
      },
    },
  });
  const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
    edge.ask('/form', {
      method: 'POST',
      headers: { ...formHeaders(edge.origin), ...headers },
      body,
    });
  return { edge, seen, post };
}

describe('a form (G26)', () => {
  test('reaches its action whole', async () => {
    const { post, seen } = await startReading();

    expect((await post('name=Ren%C3%A9e+%F0%9F%94%91&email=')).status).toBe(200);
    expect(seen).toEqual(['name=Ren%C3%A9e+%F0%9F%94%91&email=']);
  });

  test.each([
    'application/json',
    'multipart/form-data; boundary=x',
    'text/plain',
    'application/x-www-form-urlencoded; charset=utf-16',
    'application/x-www-form-urlencodedx',
    'text/plain; application/x-www-form-urlencoded',
    '',
  ])('of the type "%s" is refused with 415', async (type) => {
    const { post, seen } = await startReading();

    expect((await post('a=1', { 'content-type': type })).status).toBe(415);
    expect(seen).toEqual([]);
  });

  test('that is compressed is refused with 415', async () => {
    const { post } = await startReading();

    expect((await post(gzipSync('a=1'), { 'content-encoding': 'gzip' })).status).toBe(415);
  });

  test('of 16 KB is read, of one byte more is refused with 413', async () => {
    const { post, seen } = await startReading();

    expect((await post(`a=${'x'.repeat(16_382)}`)).status).toBe(200);
    expect((await post(`a=${'x'.repeat(16_383)}`)).status).toBe(413);
    expect(seen).toHaveLength(1);
  });

  test('of 20 MB is refused with 413, said before or not', async () => {
    const { post } = await startReading();
    const body = Buffer.alloc(20 * 1024 * 1024, 'x');

    expect((await post(body)).status).toBe(413);
  });

  test('that hides its length is refused with 413 all the same', async () => {
    const { edge, seen } = await startReading();
    const stream = new ReadableStream({
      start(controller) {
        for (let part = 0; part < 40; part += 1) controller.enqueue(Buffer.alloc(1_000, 'x'));
        controller.close();
      },
    });

    const answer = await fetch(`${edge.origin}/form`, {
      method: 'POST',
      headers: formHeaders(edge.origin),
      body: stream,
      duplex: 'half',
    });

    expect(answer.status).toBe(413);
    expect(seen).toEqual([]);
  });

  test.each([
    'email=a%40a.example&email=b%40b.example',
    'email=a&x=1&email=a',
    'email=a&%65mail=b',
    'email&email',
  ])('with a repeated field is refused with 400 (CVE-2023-7028): %s', async (body) => {
    const { post, seen } = await startReading();

    expect((await post(body)).status).toBe(400);
    expect(seen).toEqual([]);
  });

  test('given up half way reaches no action and harms nobody', async () => {
    const { edge, seen, post } = await startReading();
    const gone = new AbortController();
    const half = fetch(`${edge.origin}/form`, {
      method: 'POST',
      headers: formHeaders(edge.origin),
      body: new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from('a=')) }),
      duplex: 'half',
      signal: gone.signal,
    });
    setTimeout(() => gone.abort(), 50);

    await expect(half).rejects.toThrow();
    expect((await post('b=2')).status).toBe(200);
    expect(seen).toEqual(['b=2']);
  });
});
