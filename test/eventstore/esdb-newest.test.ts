import { NO_STREAM } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { RawClient, rawEvent } from '../support/esdb-raw.ts';
import { startPeer, type PeerServer } from '../support/esdb-servers.ts';
import { follow, newAuthor, opened } from '../support/followed.ts';

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

  test('need not be searched after an append of ours', async () => {
    const store = await opened(server.url);
    const { position } = await store.append([newAuthor().next()]);

    expect(await store.head()).toBe(position);

    expect(reads()).toBe(1);
  });

  test('is no reason for a subscription to search: it was there from the beginning', async () => {
    const store = await opened(server.url);
    const { heard } = follow(store, { prefixes: [newAuthor().stream] });

    await expect.poll(() => heard).toEqual(['level']);

    expect(reads()).toBeLessThanOrEqual(3);
  });

  test('lets events of ours before it be delivered before the word that all were', async () => {
    const store = await opened(server.url);
    const author = newAuthor();
    await store.append([author.next(...Array.from({ length: 700 }, () => ({})))]);
    const raw = new RawClient(server.url);
    onTestFinished(() => raw.close());
    await raw.append('others-2', NO_STREAM, rawEvent());

    const { heard } = follow(store, { prefixes: [author.stream] });

    await expect.poll(() => heard.at(-1)).toBe('level');
    expect(heard.indexOf('level')).toBe(700);
  });
});
