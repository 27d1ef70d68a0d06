import { describe, expect, onTestFinished, test } from 'vitest';
import { withPrefix } from '../../eventstore/prefix.ts';
import { openSqliteEventStore } from '../../eventstore/sqlite-event-store.ts';
import { collect, StreamAuthor, untilCaughtUp } from '../support/log-events.ts';

/** Two installations on one log. */
async function shared() {
  const log = await openSqliteEventStore({ path: ':memory:' });
  onTestFinished(() => log.close());
  const [here, there] = [withPrefix(log, 'here-'), withPrefix(log, 'there-')];
  await here.append([new StreamAuthor('one').next()]);
  await there.append([new StreamAuthor('one').next(), new StreamAuthor('two').next()]);
  return { log, here, there };
}

describe('a store under a prefix', () => {
  test('sees its own streams alone, by the names they were given', async () => {
    const { here, there } = await shared();

    const seen = await untilCaughtUp(here, { prefixes: [] });
    expect(seen.map(({ stream }) => stream)).toEqual(['one']);
    expect(await collect(here.read('two'))).toEqual([]);
    expect(await collect(there.read('two'))).toMatchObject([{ stream: 'two', revision: 0 }]);
    expect(await untilCaughtUp(there, { prefixes: ['tw'] })).toMatchObject([{ stream: 'two' }]);
  });

  test('keeps them in the log with the prefix before them', async () => {
    const { log } = await shared();

    const stored = await untilCaughtUp(log, { prefixes: [] });
    expect(stored.map(({ stream }) => stream)).toEqual(['here-one', 'there-one', 'there-two']);
  });

  test('is the store itself where the prefix is empty', async () => {
    const { log } = await shared();

    expect(withPrefix(log, '')).toBe(log);
  });

  test('gives other errors on as they are', async () => {
    const { log, here } = await shared();
    await log.close();

    await expect(here.append([new StreamAuthor('late').next()])).rejects.toMatchObject({
      code: 'unavailable',
      reason: 'closed',
    });
    await expect(collect(here.read('one'))).rejects.toMatchObject({ code: 'unavailable' });
  });
});
