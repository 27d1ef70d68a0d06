import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { formHeaders, startEdge, type Answered, type EdgeOptions } from './edge.ts';

const times = (count: number) => Array.from({ length: count }, (_, index) => index);

/** A page and a form that wait until the test lets them go. */
async function startFull(options: Pick<EdgeOptions, 'room' | 'config'>) {
  const gate = Promise.withResolvers<void>();
  let begun = 0;
  const wait = async () => {
    begun += 1;
    await gate.promise;
    return null;
  };
  const edge = await startEdge({ ...options, routes: { '/page': { loader: wait, action: wait } } });
  const answered: Answered[] = [];
  const keep = async (asking: Promise<Answered>) => {
    const answer = await asking;
    answered.push(answer);
    return answer;
  };
  const get = (headers = {}) => keep(edge.ask('/page', { headers }));
  const post = () =>
    keep(edge.ask('/page', { method: 'POST', headers: formHeaders(edge.origin), body: 'a=1' }));
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await sleep(5);
  };
  const statuses = () => answered.map(({ status }) => status).toSorted();
  return { edge, get, post, answered, statuses, until, begun: () => begun, letGo: gate.resolve };
}

describe('more requests than there is room for (F25)', () => {
  test('are refused at once with 503 and Retry-After, and those who wait are served', async () => {
    const { get, answered, statuses, until, begun, letGo } = await startFull({
      room: { pages: 2, waiting: 3 },
    });

    const all = times(12).map(() => get());
    await until(() => answered.length === 7);

    expect(begun()).toBe(2);
    for (const { status, headers, text } of answered) {
      expect(status).toBe(503);
      expect(headers['retry-after']).toMatch(/^[1-9]\d*$/);
      expect(text).toContain('Nothing was changed');
    }
    letGo();
    await Promise.all(all);
    expect(statuses()).toEqual([...times(5).map(() => 200), ...times(7).map(() => 503)]);
  });

  test('leave none behind: afterwards there is as much room as before', async () => {
    const { get, statuses, answered, until, letGo } = await startFull({
      room: { pages: 1, waiting: 1 },
    });
    const all = times(5).map(() => get());
    await until(() => answered.length === 3);
    letGo();
    await Promise.all(all);

    await get();
    await get();

    expect(statuses()).toEqual([200, 200, 200, 200, 503, 503, 503]);
  });

  test('of pages leave forms alone, and the other way round', async () => {
    const { get, post, answered, statuses, until, begun, letGo } = await startFull({
      room: { pages: 1, forms: 1, waiting: 1 },
    });
    const pages = times(3).map(() => get());
    await until(() => answered.length === 1);

    const forms = times(3).map(() => post());
    await until(() => answered.length === 2);

    expect(begun()).toBe(2);
    letGo();
    await Promise.all([...pages, ...forms]);
    expect(statuses()).toEqual([200, 200, 200, 200, 503, 503]);
  });

  test('from one address make way for somebody at another (H16)', async () => {
    const { get, answered, until, begun, letGo } = await startFull({
      room: { pages: 1, waiting: 2 },
      config: { trustedProxies: 1, development: false },
    });
    const from = (address: string) => ({ 'x-forwarded-for': address });
    const loud = times(3).map(() => get(from('198.51.100.1')));
    await until(() => begun() === 1);
    const more = times(3).map(() => get(from('198.51.100.1')));
    await until(() => answered.length === 3);

    const quiet = get(from('198.51.100.2'));
    await until(() => answered.length === 4);

    expect(answered.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
    letGo();
    expect(await quiet).toMatchObject({ status: 200 });
    await Promise.all([...loud, ...more]);
    expect(answered.filter(({ status }) => status === 200)).toHaveLength(3);
  });
});
