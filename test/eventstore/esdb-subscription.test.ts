import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { NO_STREAM } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openEsdbEventStore } from '../../eventstore/esdb-event-store.ts';
import { RawClient, rawEvent } from '../support/esdb-raw.ts';
import { logServers, type LogServer } from '../support/esdb-servers.ts';
import { follow, newAuthor, opened, upTo } from '../support/followed.ts';
import { isCaughtUp } from '../support/log-events.ts';

describe.each(logServers)('a subscription, %s:', (_name, start) => {
  let server: LogServer;
  beforeEach(async () => {
    server = await start();
  });
  afterEach(() => server.stop());

  test('F24, I3: a reader that is slower than the server is dropped by it, and still gets everything once', async () => {
    const store = await opened(server.url);
    const author = newAuthor();
    const text = 'x'.repeat(10_000);
    const abort = new AbortController();
    const { signal } = abort;
    const received: number[] = [];
    const reading = (async () => {
      for await (const item of store.subscribe({ prefixes: [author.stream], signal })) {
        if (isCaughtUp(item)) continue;
        if (received.length === 0) await sleep(1_000);
        received.push(item.revision);
        if (received.length === 500) abort.abort();
      }
    })();
    for (let count = 0; count < 25; count += 1) {
      await store.append([author.next(...Array.from({ length: 20 }, () => ({ data: { text } })))]);
    }
    await reading;

    expect(received).toEqual(upTo(500));
  });

  test('is told apart from a subscription to another log: a position that is no record, or beyond the end', async () => {
    const store = await opened(server.url, { pace: { retryMs: 10 } });
    const author = newAuthor();
    await store.append([author.next()]);
    const { position } = await store.append([author.next()]);
    const prefixes = [author.stream];

    const between = follow(store, { from: position - 1n, prefixes });
    await expect(between.ended).rejects.toMatchObject({ code: 'log-damaged' });
    const beyond = follow(store, { from: position + 10n ** 12n, prefixes });
    await expect(beyond.ended).rejects.toMatchObject({ code: 'log-damaged' });
    expect([between.heard, beyond.heard]).toEqual([[], []]);
  });

  test('F20: breaks at an event that this program did not write, and names its place', async () => {
    const store = await opened(server.url);
    const raw = new RawClient(server.url);
    onTestFinished(() => raw.close());
    const stream = `followed-${randomUUID()}`;
    await raw.append(stream, NO_STREAM, rawEvent());

    const { ended, heard } = follow(store, { prefixes: [stream] });

    await expect(ended).rejects.toMatchObject({
      code: 'log-damaged',
      event: { stream, revision: 0 },
    });
    expect(heard).toEqual([]);
  });

  test('leaves out what the server writes for itself', async () => {
    const store = await opened(server.url);
    const author = newAuthor();
    const from = await store.head();
    const raw = new RawClient(server.url);
    onTestFinished(() => raw.close());
    await raw.append(`$system-${randomUUID()}`, NO_STREAM, rawEvent());
    await store.append([author.next()]);

    const { heard } = follow(store, { from, prefixes: [] });

    await expect.poll(() => heard).toEqual([0, 'level']);
  });

  test('ends at once by abort while nothing comes', async () => {
    const store = await opened(server.url);
    const { abort, ended, heard } = follow(store, { prefixes: [newAuthor().stream] });
    await expect.poll(() => heard).toEqual(['level']);
    const since = performance.now();

    abort.abort();
    await ended;

    expect(performance.now() - since).toBeLessThan(500);
  });

  test('ends when the store is closed', async () => {
    const store = await openEsdbEventStore({ url: server.url });
    const { ended, heard } = follow(store, { prefixes: [`followed-${randomUUID()}`] });
    await expect.poll(() => heard).toEqual(['level']);

    await store.close();

    await ended;
    await expect(store.append([newAuthor().next()])).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('ends with the signal that the store was opened with', async () => {
    const closing = new AbortController();
    const store = await opened(server.url, { signal: closing.signal });
    const { ended, heard } = follow(store, { prefixes: [newAuthor().stream] });
    await expect.poll(() => heard).toEqual(['level']);

    closing.abort();

    await ended;
    await expect(store.head()).rejects.toMatchObject({ code: 'unavailable' });
    const late = await opened(server.url, { signal: closing.signal });
    await expect(late.head()).rejects.toMatchObject({ code: 'unavailable' });
  });
});
