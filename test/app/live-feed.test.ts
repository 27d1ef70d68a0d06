import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { liveFeed, type LiveFeed } from '../../app/live-feed.server.ts';
import { Feeds } from '../../app/server/feeds.ts';
import { AccountChanges } from '../../projections/account-changes.ts';
import { Unavailable } from '../../eventstore/event-store.ts';
import { openSqliteEventStore } from '../../eventstore/sqlite-event-store.ts';

/** A feed over a real log in memory; what `look` says is the test's. */
async function open(look: LiveFeed['look'], heartbeatMs = 20) {
  const store = await openSqliteEventStore({ path: ':memory:' });
  const changes = new AccountChanges(store, (error) => {
    throw error;
  });
  const gone = new AbortController();
  const feeds = new Feeds();
  const feed: LiveFeed = {
    ...{ feeds, changes, look, heartbeatMs },
    sessionId: 'session-1',
    gone: gone.signal,
    concerns: () => true,
  };
  const answer = liveFeed(feed);
  let [text, ended] = ['', false];
  const reading = async () => {
    const reader = answer.body?.getReader();
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      text += new TextDecoder().decode(part.value);
    }
    ended = true;
  };
  const read = reading();
  onTestFinished(async () => {
    gone.abort();
    await read.catch(() => undefined);
    changes.close();
    await store.close();
  });
  return { feeds, gone, said: () => text, ended: () => ended };
}

const soon = (check: () => void) => vi.waitFor(check, { timeout: 10_000 });

describe('H14 a live feed', () => {
  test('looks again at every heartbeat, and ends when its reader may know no more', async () => {
    let looks = 0;
    const { feeds, ended, said } = await open(async () => ((looks += 1) > 3 ? undefined : 7));

    await soon(() => expect(ended()).toBe(true));

    expect(looks).toBe(4);
    const places = [1, 2, 3].map(() => feeds.take('session-1'));
    expect(places.every(Boolean)).toBe(true);
    expect(said().match(/data: .*/g)).toEqual(['data: revision 7']);
    expect(said()).toMatch(/\n:\n\n/);
  });

  test('tells nothing and goes on while nobody can say whether its session lives', async () => {
    let looks = 0;
    const { said, ended } = await open(async () => {
      looks += 1;
      if (looks > 1 && looks < 4) throw new Unavailable('away');
      return looks < 4 ? 1 : 2;
    });

    await soon(() => expect(said()).toContain('revision 2'));

    expect(
      said()
        .match(/data: .*/g)
        ?.slice(0, 2),
    ).toEqual(['data: revision 1', 'data: revision 2']);
    expect(ended()).toBe(false);
  });

  test('ends with its browser and with the process, and gives its place back', async () => {
    for (const end of ['gone', 'stopping'] as const) {
      const { feeds, gone, ended } = await open(async () => 1, 60_000);
      const places = () => [feeds.take('session-1'), feeds.take('session-1')];
      for (const give of places()) give?.();
      expect(places().every(Boolean)).toBe(true);
      expect(feeds.take('session-1')).toBeUndefined();

      if (end === 'gone') gone.abort();
      else feeds.end();

      await soon(() => expect(ended()).toBe(true));
      expect(feeds.take('session-1')).toBeDefined();
    }
  });
});
