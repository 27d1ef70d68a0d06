import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { faultCode, type EventStore } from '../../eventstore/event-store.ts';
import { openSqliteEventStore } from '../../eventstore/sqlite-event-store.ts';
import { FaultySqlite, sqliteResult } from '../support/faulty-sqlite.ts';
import { brokenLogInvariants, type Acknowledged } from '../support/invariants.ts';
import { collect, StreamAuthor } from '../support/log-events.ts';
import { startLogWriter } from '../support/log-writer.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

async function openFaulty(
  faulty = new FaultySqlite(),
  path = join(temporaryDirectory(), 'log.db'),
) {
  const store = await openSqliteEventStore({ path, connect: faulty.connect });
  onTestFinished(() => store.close());
  return { store, faulty, path };
}

const read = (store: EventStore, stream: string) => collect(store.read(stream));

/** Longer than a failed try stands. */
const untilTriedAgain = () => sleep(1_050);

describe('a log on a full disk', () => {
  test('F6, I1, I2, I3: refuses appends whole, still reads, and writes again once there is room', async () => {
    const { store } = await openFaulty();
    const limit = (pages: number) =>
      store.writer.write((db) => db.get(`PRAGMA max_page_count = ${pages}`));
    await limit(12);
    const author = new StreamAuthor('one');
    const acknowledged: Acknowledged[] = [];
    const big = { data: { text: 'x'.repeat(3_000) } };
    let refused = author.next(big, big);
    for (let free = true; free;) {
      const told = await store.append([refused]).then(() => 'written', faultCode);
      free = told === 'written';
      if (free) {
        acknowledged.push(refused);
        refused = author.next(big, big);
      } else {
        expect(told).toBe('unavailable');
      }
    }

    expect(acknowledged.length).toBeGreaterThan(1);
    await expect(store.append([refused])).rejects.toMatchObject({ reason: 'full' });
    expect(await store.writable()).toMatchObject({ writable: false, reason: 'full' });
    expect(await read(store, 'one')).toHaveLength(acknowledged.length * 2);

    await limit(1_000);
    await store.append([refused]);
    expect(await store.writable()).toEqual({ writable: true });
    expect(await brokenLogInvariants(store, [], [...acknowledged, refused])).toEqual([]);
  });

  test('F6, I1, I2, I3: a process that may not make files larger loses nothing it acknowledged', async () => {
    const path = join(temporaryDirectory(), 'log.db');
    const writer = startLogWriter({ path, name: 'a', count: 3_000, parallel: 4, fileLimit: 1_000 });
    await writer.gone;

    expect(['unavailable', 'outcome-unknown']).toContain(writer.ended());
    expect(writer.acknowledged.length).toBeGreaterThan(10);
    const { store } = await openFaulty(undefined, path);
    expect(await brokenLogInvariants(store, [], writer.acknowledged)).toEqual([]);
    await store.append([new StreamAuthor('after').next()]);
  });
});

describe('a log whose disk fails', () => {
  test.each(['BEGIN', 'SAVEPOINT', 'SELECT', 'INSERT', 'RELEASE'])(
    'F7: at %s an append is certainly not written, and it works again after',
    async (statement) => {
      const { store, faulty } = await openFaulty();
      const author = new StreamAuthor('one');
      await store.append([author.next()]);
      const write = author.next();
      faulty.fail(sqliteResult.ioWrite, statement);

      await expect(store.append([write])).rejects.toMatchObject({
        code: 'unavailable',
        reason: 'io',
      });
      expect(await store.writable()).toMatchObject({ writable: false, reason: 'io' });
      faulty.heal();
      expect(await read(store, 'one')).toHaveLength(1);
      await store.append([write]);

      expect(await read(store, 'one')).toHaveLength(2);
      expect(await store.writable()).toEqual({ writable: true });
    },
  );

  test('F7: a commit that found no room is certainly not written', async () => {
    const { store, faulty } = await openFaulty();
    const author = new StreamAuthor('one');
    faulty.fail(sqliteResult.full, 'COMMIT');

    await expect(store.append([author.rival()])).rejects.toMatchObject({
      code: 'unavailable',
      reason: 'full',
    });
    faulty.heal();
    expect(await read(store, 'one')).toEqual([]);
    await store.append([author.next()]);
  });

  test('F7: says by itself that writing works again, at most a second later', async () => {
    const { store, faulty } = await openFaulty();
    faulty.fail(sqliteResult.ioWrite, 'BEGIN');
    await expect(store.append([new StreamAuthor('one').next()])).rejects.toThrow();
    await untilTriedAgain();
    expect(await store.writable()).toMatchObject({ writable: false });
    faulty.heal();
    await untilTriedAgain();

    expect(await store.writable()).toEqual({ writable: true });
  });

  test('F7: takes an unknown outcome for a reason to warn, but not a lock that somebody kept', async () => {
    const { store, faulty } = await openFaulty();
    const author = new StreamAuthor('one');
    const write = author.next();
    faulty.fail(sqliteResult.busy, 'BEGIN');
    await expect(store.append([write])).rejects.toMatchObject({ reason: 'busy' });
    expect(await store.writable()).toEqual({ writable: true });

    faulty.fail(sqliteResult.ioFsync, 'COMMIT');
    await expect(store.append([write])).rejects.toMatchObject({ code: 'outcome-unknown' });
    expect(await store.writable()).toMatchObject({ writable: false, reason: 'io' });
  });

  test('F7: reads are unavailable meanwhile, and a subscription waits it out', async () => {
    const { store, faulty } = await openFaulty();
    const author = new StreamAuthor('one');
    const write = author.next();
    await store.append([write]);
    const abort = new AbortController();
    const items = store.subscribe({ prefixes: [], signal: abort.signal })[Symbol.asyncIterator]();
    faulty.fail(sqliteResult.ioWrite, 'SELECT');
    const first = items.next();

    await expect(read(store, 'one')).rejects.toMatchObject({ code: 'unavailable' });
    await expect(store.head()).rejects.toMatchObject({ code: 'unavailable' });
    faulty.heal();

    expect(await first).toMatchObject({ value: { id: write.events[0]?.id } });
    expect(await read(store, 'one')).toHaveLength(1);
    abort.abort();
  });

  test('F7: an append into a directory that was moved away is not written there', async () => {
    const directory = temporaryDirectory();
    const [home, away] = [join(directory, 'home'), join(directory, 'away')];
    const { store } = await openFaulty(undefined, join(home, 'log.db'));
    const author = new StreamAuthor('one');
    await store.append([author.next()]);
    const write = author.next();

    renameSync(home, away);
    await expect(store.append([write])).rejects.toMatchObject({
      code: 'unavailable',
      reason: 'moved',
    });
    renameSync(away, home);
    await store.append([write]);

    expect(await read(store, 'one')).toHaveLength(2);
  });

  test('F7: damage met while running is told and stops writes', async () => {
    const { store, faulty } = await openFaulty();
    const author = new StreamAuthor('one');
    await store.append([author.next()]);
    faulty.fail(sqliteResult.corrupt, 'SELECT');

    await expect(read(store, 'one')).rejects.toMatchObject({ code: 'log-damaged' });
    await expect(store.append([author.next()])).rejects.toMatchObject({ reason: 'damaged' });
    faulty.heal();
    await expect(store.append([author.next()])).rejects.toMatchObject({ reason: 'damaged' });
    expect(await store.writable()).toMatchObject({ writable: false, reason: 'damaged' });
  });
});

describe('a log that may only be read', () => {
  test('F8: opens, reads, says so, and refuses appends', async () => {
    const author = new StreamAuthor('one');
    const { store: before, path } = await openFaulty();
    await before.append([author.next()]);
    await before.close();
    const faulty = new FaultySqlite();
    faulty.fail(sqliteResult.readOnly, 'BEGIN');

    const { store } = await openFaulty(faulty, path);

    expect(await store.writable()).toMatchObject({ writable: false, reason: 'read-only' });
    expect(await read(store, 'one')).toHaveLength(1);
    const write = author.next();
    await expect(store.append([write])).rejects.toMatchObject({
      code: 'unavailable',
      reason: 'read-only',
    });
    faulty.heal();
    await store.append([write]);
    expect(await store.writable()).toEqual({ writable: true });
  });

  test('F8: opens for reading where no connection for writing can be had', async () => {
    const author = new StreamAuthor('one');
    const { store: before, path } = await openFaulty();
    await before.append([author.next()]);
    const faulty = new FaultySqlite();
    faulty.fail(sqliteResult.cannotOpen, 'PRAGMA journal_mode');

    const { store } = await openFaulty(faulty, path);

    expect(await store.writable()).toMatchObject({ writable: false, reason: 'read-only' });
    expect(await read(store, 'one')).toHaveLength(1);
  });
});
