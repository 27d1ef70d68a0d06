import { once } from 'node:events';
import { createServer, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Calls, openPool, standardLimits } from '../../providers/calls.ts';

const said = JSON.stringify({ sub: '42', name: 'Ann' });

/** What a provider's answer comes to here. */
async function heardOf(headers: OutgoingHttpHeaders, body: Buffer | string): Promise<Response> {
  const server = createServer((_request, response) => response.writeHead(200, headers).end(body));
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const pool = openPool(standardLimits);
  onTestFinished(() => pool.close());
  const line = { provider: 'acme', limits: standardLimits, loopback: true, pool };
  return new Calls(line).send(`http://127.0.0.1:${port}/userinfo`);
}

describe('an answer that is encoded though nobody asked for it (G15)', () => {
  test.each([
    ['gzip', gzipSync(said)],
    ['X-GZIP', gzipSync(said)],
    ['deflate', deflateSync(said)],
    ['br', brotliCompressSync(said)],
    ['identity', Buffer.from(said)],
  ])('by %s is read as it was meant, and says nothing of its encoding', async (encoding, body) => {
    const heard = await heardOf({ 'content-encoding': encoding, 'x-limit': '3' }, body);

    expect(await heard.text()).toBe(said);
    expect(heard.headers.get('x-limit')).toBe('3');
    expect(heard.headers.get('content-encoding')).toBeNull();
  });

  test('and is broken, is none', async () => {
    const broken = heardOf({ 'content-encoding': 'gzip' }, 'no gzip at all');

    await expect(broken).rejects.toMatchObject({ code: 'provider-unreachable' });
  });
});
