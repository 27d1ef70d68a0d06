import { getEventListeners } from 'node:events';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openSqliteEventStore } from '../../eventstore/sqlite-event-store.ts';
import { Appends } from '../../eventstore/sqlite-subscription.ts';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import { FaultySqlite, sqliteError, sqliteResult } from '../support/faulty-sqlite.ts';
import { collect, isCaughtUp, StreamAuthor, untilCaughtUp } from '../support/log-events.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

async function open() {
  const path = join(temporaryDirectory(), 'log.db');
  const faulty = new FaultySqlite();
  const store = await openSqliteEventStore({ path, connect: faulty.connect });
  onTestFinished(() => store.close());
  return { store, faulty, path };
}

describe('reading the embedded log', () => {
  test('holds a page of large events in memory, never a whole stream', async () => {
    const { store, faulty } = await open();
    const author = new StreamAuthor('one');
    const big = { data: { text: 'x'.repeat(300_000) } };
    for (let count = 0; count < 4; count += 1) await store.append([author.next(big, big, big)]);
    let pages = 0;
    faulty.before = (sql) => {
      if (sql.includes('FROM events WHERE')) pages += 1;
    };

    expect(await collect(store.read('one'))).toHaveLength(12);
    expect(pages).toBeGreaterThanOrEqual(3);
    pages = 0;
    expect(await untilCaughtUp(store, { prefixes: [] })).toHaveLength(12);
    expect(pages).toBeGreaterThanOrEqual(3);
  });

  test('lets other work run while it reads a long log', async () => {
    const { store } = await open();
    const author = new StreamAuthor('one');
    await store.append([author.next(...Array.from({ length: 2_000 }, () => ({})))]);
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 0);

    await untilCaughtUp(store, { prefixes: ['none-of-them'] });

    clearInterval(timer);
    expect(ticks).toBeGreaterThan(3);
  });

  test('wakes a subscription at once on an append of its own process', async () => {
    const { store } = await open();
    const author = new StreamAuthor('one');
    const abort = new AbortController();
    const live: number[] = [];
    const since = performance.now();
    for await (const item of store.subscribe({ prefixes: [], signal: abort.signal })) {
      if (!isCaughtUp(item)) live.push(item.revision);
      if (live.length === 20) abort.abort();
      if (isCaughtUp(item)) setTimeout(() => void store.append([author.next()]), 1);
    }

    expect(live).toEqual(Array.from({ length: 20 }, (_, n) => n));
    // Twenty polls would take 3 s.
    expect(performance.now() - since).toBeLessThan(9_000);
  });

  test('leaves no listener behind on a signal it waited with', async () => {
    const appends = new Appends();
    const { signal } = new AbortController();
    const waiting = appends.next(0, signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);

    appends.happened();
    await waiting;

    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('waits for a lock that another process has on the file for a moment', async () => {
    const { store, faulty } = await open();
    await store.append([new StreamAuthor('one').next()]);
    let refusals = 3;
    faulty.before = (sql) => {
      if (sql.includes('FROM events') && refusals-- > 0) throw sqliteError(sqliteResult.busy);
    };

    expect(await collect(store.read('one'))).toHaveLength(1);
    expect(refusals).toBeLessThan(0);
  });

  test('shows nothing of a transaction that could neither be committed nor undone', async () => {
    const { store, faulty } = await open();
    faulty.fail(sqliteResult.ioFsync, 'COMMIT', 'ROLLBACK');
    const lost = store.append([new StreamAuthor('one').next()]);
    await expect(lost).rejects.toMatchObject({ code: 'outcome-unknown' });

    expect(await collect(store.read('one'))).toEqual([]);
    expect(await store.head()).toBe(0n);
    faulty.heal();
    await store.append([new StreamAuthor('one').next()]);
    expect(await collect(store.read('one'))).toHaveLength(1);
  });

  test('never passes over a revision that is missing', async () => {
    const { store, path } = await open();
    const author = new StreamAuthor('one');
    await store.append([author.next({}, {}, {}, {})]);
    const other = new SqliteDb(path);
    other.exec('DELETE FROM events WHERE revision = 1');

    const damaged = { code: 'log-damaged', event: { stream: 'one' } };
    await expect(collect(store.read('one'))).rejects.toMatchObject(damaged);
    await expect(collect(store.read('one', { from: 1 }))).rejects.toMatchObject(damaged);
    await expect(collect(store.read('one', { backwards: true }))).rejects.toMatchObject(damaged);
    expect(await collect(store.read('one', { from: 2 }))).toHaveLength(2);
    other.close();
  });
});
