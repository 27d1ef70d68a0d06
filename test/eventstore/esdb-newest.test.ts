import { setTimeout as sleep } from 'node:timers/promises';
import { NO_STREAM } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RawClient, rawEvent } from '../support/esdb-raw.ts';
import { startPeer, type PeerServer } from '../support/esdb-servers.ts';
import { follow, newAuthor, opened, upTo } from '../support/followed.ts';
import { isCaughtUp } from '../support/log-events.ts';

/** How much is read of a log in which others wrote 2,000 events, and we none. */
describe('a log full of others’ events', () => {
  let server: PeerServer;
  beforeEach(async () => {
    server = await startPeer();
    const raw = new RawClient(server.url);
    const events = Array.from({ length: 2_000 }, () => rawEvent());
    await raw.append('others-1', NO_STREAM, ...events);
    await raw.close();
  });
  afterEach(() => server.stop());
  const reads = () => server.peer.switches.calls.read;

  test('is searched once: each look goes only as far back as the one before it', async () => {
    const store = await opened(server.url, { prefix: 'tenant-' });
    expect(await store.head()).toBe(0n);
    const searched = reads();
    expect(searched).toBeGreaterThan(5);

    for (let count = 0; count < 3; count += 1) expect(await store.head()).toBe(0n);

    expect(reads() - searched).toBe(3);
  });

  test('is no reason for a subscription to search: it was there from the beginning', async () => {
    const store = await opened(server.url);
    const { heard } = follow(store, { prefixes: [newAuthor().stream] });

    await expect.poll(() => heard).toEqual(['level']);

    expect(reads()).toBeLessThanOrEqual(3);
  });

  test('lets a slow reader have every event before the word that it has', async () => {
    const store = await opened(server.url);
    const author = newAuthor();
    // More than wait in the mailbox, and so few more that they wait in the stream's buffer.
    await store.append([author.next(...Array.from({ length: 264 }, () => ({})))]);
    const abort = new AbortController();
    const heard: (number | 'level')[] = [];

    const { signal } = abort;
    for await (const item of store.subscribe({ prefixes: [author.stream], signal })) {
      heard.push(isCaughtUp(item) ? 'level' : item.revision);
      if (heard.length === 1) await sleep(300);
      if (isCaughtUp(item)) abort.abort();
    }

    expect(heard).toEqual([...upTo(264), 'level']);
  });
});
