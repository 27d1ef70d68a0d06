import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EventStore } from '../../eventstore/event-store.ts';
import { serverError, timedOut } from '../support/esdb-peer/peer-messages.ts';
import { startPeer, type PeerServer } from '../support/esdb-servers.ts';
import { follow, newAuthor, opened, upTo } from '../support/followed.ts';

describe('a subscription that the server neglects', () => {
  let server: PeerServer;
  let store: EventStore;
  const pace = { watchMs: 100, silenceMs: 200, confirmMs: 200, retryMs: 10, longestRetryMs: 50 };
  beforeEach(async () => {
    server = await startPeer();
    store = await opened(server.url, { pace, limits: { deadlineMs: 500 } });
  });
  afterEach(() => server.stop());

  test('F18: hands on once what the server sends three times', async () => {
    server.peer.switches.deliveries = 3;
    const author = newAuthor();
    const { heard } = follow(store, { prefixes: [author.stream] });
    await expect.poll(() => heard).toEqual(['level']);

    for (let count = 0; count < 5; count += 1) await store.append([author.next()]);

    await expect.poll(() => heard.at(-1)).toBe('level');
    await expect.poll(() => heard.filter((item) => item !== 'level')).toEqual(upTo(5));
  });

  test('F19, F26: notices that it is silent, by what the log itself holds, and begins again', async () => {
    const author = newAuthor();
    const { position } = await store.append([author.next()]);
    const { heard } = follow(store, { prefixes: [author.stream] });
    await expect.poll(() => heard).toEqual([0, 'level']);
    server.peer.switches.deliveries = 0;

    await store.append([author.next()]);
    await store.append([author.next()]);

    await expect.poll(() => heard, { timeout: 5_000 }).toEqual([0, 'level', 1, 2, 'level']);
    expect(server.peer.switches.begunAt.at(-1)).toBe(Number(position));
  });

  test('does not call itself level before the newest event, whatever the server says', async () => {
    const author = newAuthor();
    await store.append([author.next()]);
    server.peer.switches.silent.add('read');
    const { heard } = follow(store, { prefixes: [author.stream] });

    await expect.poll(() => heard).toEqual([0]);
    await sleep(300);
    expect(heard).toEqual([0]);
    server.peer.switches.heal();
    await expect.poll(() => heard, { timeout: 5_000 }).toEqual([0, 'level']);
  });

  test('is not disturbed by what others write, however much', async () => {
    const author = newAuthor();
    const { heard } = follow(store, { prefixes: [author.stream] });
    await expect.poll(() => heard).toEqual(['level']);
    const others = await opened(server.url);
    const foreign = newAuthor();

    for (let count = 0; count < 5; count += 1) {
      await others.append([foreign.next(...Array.from({ length: 200 }, () => ({})))]);
      await sleep(100);
    }

    expect(heard).toEqual(['level']);
    expect(server.peer.switches.calls.subscribe).toBe(1);
  });

  test('F26: tries again when the server does not confirm it', async () => {
    server.peer.switches.silent.add('subscribe');
    const author = newAuthor();
    await store.append([author.next()]);
    const { heard } = follow(store, { prefixes: [author.stream] });
    await expect.poll(() => server.peer.switches.calls.subscribe).toBeGreaterThanOrEqual(2);
    expect(heard).toEqual([]);

    server.peer.switches.heal();

    await expect.poll(() => heard, { timeout: 5_000 }).toEqual([0, 'level']);
  });
});

describe('a subscription that the server breaks off', () => {
  let server: PeerServer;
  let store: EventStore;
  beforeEach(async () => {
    server = await startPeer();
    store = await opened(server.url, { pace: { retryMs: 10, longestRetryMs: 50 } });
  });
  afterEach(() => server.stop());

  test.each([
    ['too slow', timedOut('Consumer too slow')],
    ['cancelled', serverError(1, 'cancelled by the server')],
    ['internal', serverError(13, 'going away')],
    ['unavailable', serverError(14, 'Server Is Not Ready')],
  ])('F24: comes back after an error of the server: %s', async (_what, error) => {
    server.peer.switches.errors.set('subscribe', error);
    const author = newAuthor();
    await store.append([author.next()]);
    const { heard } = follow(store, { prefixes: [author.stream] });
    await expect.poll(() => server.peer.switches.calls.subscribe).toBeGreaterThanOrEqual(3);

    server.peer.switches.heal();

    await expect.poll(() => heard).toEqual([0, 'level']);
  });

  test('F24: takes one strange answer of a server that comes back for no word about the log', async () => {
    const author = newAuthor();
    const { position } = await store.append([author.next()]);
    const [away, strange] = [serverError(14, 'not ready'), serverError(2, 'thrown by handler')];
    const errors = [away, away, away, strange, away, strange, strange];
    server.peer.switches.nextErrors.set('subscribe', [...errors]);
    await store.append([author.next()]);

    const { heard } = follow(store, { from: position, prefixes: [author.stream] });

    await expect.poll(() => heard).toEqual([1, 'level']);
    expect(server.peer.switches.calls.subscribe).toBe(errors.length + 1);
  });

  test('holds the server back while its reader is slow, and lets it go on', async () => {
    const author = newAuthor();
    const drafts = Array.from({ length: 250 }, () => ({ data: { text: 'x'.repeat(2_000) } }));
    for (let count = 0; count < 20; count += 1) await store.append([author.next(...drafts)]);
    const abort = new AbortController();
    const { signal } = abort;
    const items = store.subscribe({ prefixes: [author.stream], signal })[Symbol.asyncIterator]();

    await items.next();
    await sleep(500);
    expect(server.peer.switches.sent).toBeLessThan(2_500);

    for (let count = 1; count < 5_000; count += 1) {
      expect((await items.next()).value).toMatchObject({ revision: count });
    }
    expect(server.peer.switches.calls.subscribe).toBe(1);
    abort.abort();
  });
});
