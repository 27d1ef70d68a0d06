import { NO_STREAM } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { faultCode, type EventStore } from '../../eventstore/event-store.ts';
import { RawClient, rawEvent } from '../support/esdb-raw.ts';
import { logServers, startPeer, type LogServer } from '../support/esdb-servers.ts';
import { newAuthor, opened, upTo } from '../support/followed.ts';
import { collect, StreamAuthor } from '../support/log-events.ts';

describe('a reading that breaks in the middle', () => {
  test('F24: goes on behind its last event, in both directions, and gives up where nothing comes', async () => {
    const server = await startPeer();
    onTestFinished(() => server.stop());
    const store = await opened(server.url);
    const author = newAuthor();
    await store.append([author.next(...Array.from({ length: 600 }, () => ({})))]);
    const revisions = async (backwards: boolean) =>
      (await collect(store.read(author.stream, { backwards }))).map(({ revision }) => revision);
    server.peer.switches.readsBreakAfter = 100;

    expect(await revisions(false)).toEqual(upTo(600));
    expect(await revisions(true)).toEqual(upTo(600).reverse());

    server.peer.switches.readsBreakAfter = 0;
    await expect(revisions(false)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('a reading under way while the store is closed', () => {
  test.each([
    ['the head', (store: EventStore) => store.head()],
    ['a stream', (store: EventStore) => collect(store.read('account-1'))],
  ])('is broken off and says so: %s is neither empty nor shorter', async (_what, read) => {
    const server = await startPeer();
    onTestFinished(() => server.stop());
    const store = await opened(server.url);
    await store.append([new StreamAuthor('account-1').next()]);
    server.peer.switches.delayMs = 300;
    const reading = read(store);
    const ended = reading.then(() => 'it ended', faultCode);
    await expect.poll(() => server.peer.switches.calls.read).toBe(1);

    await store.close();

    expect(await ended).toBe('unavailable');
  });
});

describe.each(logServers)('a stream, %s:', (_name, start) => {
  let server: LogServer;
  let store: EventStore;
  let raw: RawClient;
  beforeEach(async () => {
    server = await start();
    store = await opened(server.url);
    raw = new RawClient(server.url);
  });
  afterEach(async () => {
    await raw.close();
    await server.stop();
  });
  const damaged = { code: 'log-damaged' };

  test('long: is read backwards with every revision once', async () => {
    const author = newAuthor();
    await store.append([author.next(...Array.from({ length: 600 }, () => ({})))]);

    const found = await collect(store.read(author.stream, { backwards: true }));

    expect(found.map(({ revision }) => revision)).toEqual(upTo(600).reverse());
  });

  test('truncated: its beginning is missed, not passed over', async () => {
    const author = newAuthor();
    await store.append([author.next({}, {}, {})]);
    await raw.client.setStreamMetadata(author.stream, { truncateBefore: 2 }, raw.asked);

    const event = { stream: author.stream, revision: 2 };
    await expect(collect(store.read(author.stream))).rejects.toMatchObject({ ...damaged, event });
    const backwards = collect(store.read(author.stream, { backwards: true }));
    await expect(backwards).rejects.toMatchObject({ ...damaged, event });
  });

  test('deleted: neither empty nor writable', async () => {
    const author = newAuthor();
    await store.append([author.next()]);
    await raw.client.tombstoneStream(author.stream);

    await expect(collect(store.read(author.stream))).rejects.toMatchObject(damaged);
    await expect(store.append([author.next()])).rejects.toMatchObject(damaged);
  });

  test('without our metadata: not an event of ours', async () => {
    const { stream } = newAuthor();
    await raw.append(stream, NO_STREAM, rawEvent());

    await expect(collect(store.read(stream))).rejects.toMatchObject({
      ...damaged,
      event: { stream, revision: 0 },
    });
  });
});
