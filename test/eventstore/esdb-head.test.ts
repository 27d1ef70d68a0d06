import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { NO_STREAM } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openEsdbEventStore } from '../../eventstore/esdb-event-store.ts';
import { EsdbPeer } from '../support/esdb-peer/peer-server.ts';
import { RawClient, rawEvent } from '../support/esdb-raw.ts';
import { logServers, reachable, type LogServer } from '../support/esdb-servers.ts';
import { collect, StreamAuthor } from '../support/log-events.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

describe.each(logServers)('the head of a shared server, %s:', (_name, start) => {
  let server: LogServer;
  let prefix: string;
  beforeEach(async () => {
    server = await start();
    prefix = `tenant-${randomUUID()}-`;
  });
  afterEach(() => server.stop());
  const opened = async (options: { readonly prefix?: string } = {}) => {
    const store = await openEsdbEventStore({ url: server.url, ...options });
    onTestFinished(() => store.close());
    return store;
  };
  const others = async (events: number) => {
    const raw = new RawClient(server.url);
    const proposed = Array.from({ length: events }, () => rawEvent());
    await raw.append(`others-${randomUUID()}`, NO_STREAM, ...proposed);
    await raw.append(`$system-${randomUUID()}`, NO_STREAM, rawEvent());
    await raw.close();
  };

  test('is 0 while nothing under the prefix was written, whatever others wrote', async () => {
    await others(40);
    const store = await opened({ prefix });

    expect(await store.head()).toBe(0n);
    await others(5);
    expect(await store.head()).toBe(0n);
  });

  test('is the newest event under the prefix, however much others wrote after it', async () => {
    const author = new StreamAuthor('account-1');
    const { position } = await (await opened({ prefix })).append([author.next()]);
    await others(700);
    const store = await opened({ prefix });

    expect(await store.head()).toBe(position);
    const next = await store.append([author.next()]);
    await others(3);
    expect(await store.head()).toBe(next.position);
    expect(await (await opened({ prefix })).head()).toBe(next.position);
  });

  test('without a prefix counts every stream but the server’s own', async () => {
    const store = await opened();
    await others(1);
    const { position } = await store.append([new StreamAuthor(`head-${randomUUID()}`).next()]);
    const raw = new RawClient(server.url);
    await raw.append(`$system-${randomUUID()}`, NO_STREAM, rawEvent());
    await raw.close();

    // Others may write to a real server at the same time.
    const before = await newestOfAll(server.url);
    const head = await store.head();
    expect(before).toBeGreaterThanOrEqual(position);
    expect(head).toBeGreaterThanOrEqual(before);
    expect(head).toBeLessThanOrEqual(await newestOfAll(server.url));
  });

  test('tells the version of the server, and its role', async () => {
    const info = await (await opened()).serverInfo();

    expect(info.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(info.members).toMatchObject([{ role: 'leader', alive: true }]);
  });
});

/** Position of the newest event that is not the server's own. */
async function newestOfAll(url: string): Promise<bigint> {
  const raw = new RawClient(url);
  const found = await raw.readAll({ direction: 'backwards', fromPosition: 'end', maxCount: 50 });
  await raw.close();
  return found.find(({ streamId }) => !streamId.startsWith('$'))?.position?.commit ?? 0n;
}

describe('a log that lost its end', () => {
  test('F5: is damaged, not shorter', async () => {
    const [before, after] = [makeTemporaryDirectory(), makeTemporaryDirectory()];
    const first = await EsdbPeer.start(before);
    const store = await openEsdbEventStore({ url: first.url });
    const author = new StreamAuthor('account-1');
    await store.append([author.next()]);
    await store.append([author.next()]);
    first.stop();
    const second = await EsdbPeer.start(after, first.port);
    const other = await openEsdbEventStore({ url: second.url });
    await reachable(other);

    await expect
      .poll(() => store.head().catch((error: unknown) => error), { timeout: 5_000 })
      .toMatchObject({ code: 'log-damaged' });
    expect(await collect(other.read('account-1'))).toEqual([]);
    await store.close();
    await other.close();
    second.stop();
    for (const directory of [before, after]) rmSync(directory, { recursive: true });
  });
});
