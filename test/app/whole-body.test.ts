import { request as httpRequest, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { startEdge } from './edge.ts';

const words = 'Every change is written down. ';

/** A server of one page of so many bytes, which is there as a whole, and what it answers to a browser. */
async function asking(bytes: number) {
  const page = words.repeat(bytes).slice(0, bytes);
  const headers = { 'Content-Type': 'text/html', 'Content-Length': String(bytes) };
  const loader = () => new Response(page, { headers });
  const edge = await startEdge({ routes: { '/page': { loader, page: false } } });
  const ask = async (encodings: string | undefined, method = 'GET') => {
    const asked = httpRequest({
      port: edge.port,
      path: '/page',
      method,
      headers: {
        host: `localhost:${edge.port}`,
        ...(encodings !== undefined && { 'accept-encoding': encodings }),
      },
      agent: false,
    });
    asked.end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    const pieces: Buffer[] = [];
    for await (const piece of answer) pieces.push(piece as Buffer);
    return { headers: answer.headers, body: Buffer.concat(pieces) };
  };
  return { page, ask };
}

describe('a page that is whole', () => {
  test('goes out compressed and with its length to a browser that takes gzip', async () => {
    const { page, ask } = await asking(10_000);

    const { headers, body } = await ask('br;q=0.9, gzip, deflate');

    expect(headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-length': String(body.length),
      vary: 'Accept-Encoding',
    });
    expect(body.length).toBeLessThan(1_000);
    expect(gunzipSync(body).toString()).toBe(page);
  });

  test.each([undefined, 'identity', 'gzip;q=0'])(
    'goes out as it is where %s is taken',
    async (by) => {
      const { page, ask } = await asking(10_000);

      const { headers, body } = await ask(by);

      expect(headers).toMatchObject({ 'content-length': '10000', vary: 'Accept-Encoding' });
      expect(headers['content-encoding']).toBeUndefined();
      expect(body.toString()).toBe(page);
    },
  );

  test('is not compressed while others wait where it is long', async () => {
    const { page, ask } = await asking(200_000);

    const { headers, body } = await ask('gzip');

    expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'transfer-encoding': 'chunked' });
    expect(gunzipSync(body).toString()).toBe(page);
  });

  test('is not compressed at all where that wins nothing', async () => {
    const { ask } = await asking(200);

    expect((await ask('gzip')).headers['content-encoding']).toBeUndefined();
  });

  test('tells a HEAD no length that its GET would not have', async () => {
    const { ask } = await asking(10_000);

    const { headers, body } = await ask('gzip', 'HEAD');

    expect(headers['content-length']).toBeUndefined();
    expect(body.length).toBe(0);
  });
});
