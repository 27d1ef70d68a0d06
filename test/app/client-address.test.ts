import { describe, expect, test } from 'vitest';
import { startEdge } from './edge.ts';

/** What an action is told of where a request came from, with so many proxies trusted. */
async function seenBy(trustedProxies: number, headers: Record<string, string | string[]>) {
  const edge = await startEdge({
    config: { trustedProxies, origin: 'https://accounts.example', development: false },
    routes: { '/page': { loader: ({ context }) => context.from } },
  });
  const { text } = await edge.ask('/page', { headers });
  return JSON.parse(/"routes\/page":(\{.*?\})/.exec(text)?.[1] ?? '{}') as Record<string, string>;
}

const ipFrom = async (trustedProxies: number, list: string | string[]) =>
  (await seenBy(trustedProxies, { 'x-forwarded-for': list })).ip;

describe('the address of a client', () => {
  test('is the socket’s, whatever a header claims (allauth 65.14.2)', async () => {
    expect(await ipFrom(0, '192.0.2.1')).toBe('127.0.0.1');
    expect((await seenBy(0, { forwarded: 'for=192.0.2.1' })).ip).toBe('127.0.0.1');
    expect((await seenBy(1, { 'x-real-ip': '192.0.2.1' })).ip).toBe('127.0.0.1');
  });

  test.each([
    [1, '192.0.2.1', '192.0.2.1'],
    [1, '6.6.6.6, 192.0.2.1', '192.0.2.1'],
    [2, '6.6.6.6, 192.0.2.1, 10.0.0.1', '192.0.2.1'],
    [2, '192.0.2.1', '192.0.2.1'],
    [1, '2001:db8::1', '2001:db8::1'],
    [1, '[2001:db8::1]:4711', '2001:db8::1'],
    [1, '192.0.2.1:4711', '192.0.2.1'],
    [1, '::ffff:192.0.2.1', '192.0.2.1'],
    [1, 'fe80::1%eth0', 'fe80::1'],
    [1, '  192.0.2.1  ', '192.0.2.1'],
  ])(
    'with %i trusted is what the outermost of them saw: %s → %s',
    async (...[trusted, list, ip]) => {
      expect(await ipFrom(trusted, list)).toBe(ip);
    },
  );

  test.each([
    'unknown',
    '',
    ',',
    ',,,,',
    'localhost',
    '999.1.1.1',
    '_hidden',
    '1.2.3.4.5',
    'x'.repeat(4_000),
  ])('that is none falls back to the socket’s: "%s"', async (list) => {
    expect(await ipFrom(1, list)).toBe('127.0.0.1');
  });

  test('that is none falls back to the next proxy inwards', async () => {
    expect(await ipFrom(2, '6.6.6.6, unknown, 10.0.0.1')).toBe('10.0.0.1');
  });

  test('counts a header that came twice as one list', async () => {
    expect(await ipFrom(1, ['6.6.6.6', '192.0.2.1'])).toBe('192.0.2.1');
  });
});

describe('the user agent', () => {
  test('is kept to 512 characters', async () => {
    const { userAgent } = await seenBy(0, { 'user-agent': 'x'.repeat(2_000) });

    expect(userAgent).toHaveLength(512);
  });
});
