import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSqliteEventStore } from '../../eventstore/sqlite-event-store.ts';
import { copyDatabase } from '../../sqlite/sqlite-background.ts';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import { brokenLogInvariants } from '../support/invariants.ts';
import { collect, lastOf, StreamAuthor } from '../support/log-events.ts';
import { idsIn, layOut, makeSampleLog } from '../support/sample-log.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

describe('the files of a log', () => {
  test('F5: a lost -shm is harmless', async () => {
    const sample = await makeSampleLog({ inFile: 3, inWal: 3 });
    const store = await openSqliteEventStore({ path: layOut(sample, temporaryDirectory()) });

    expect(await idsIn(store)).toEqual(sample.states.at(-1));
    await store.close();
  });

  test('F5: after a lost -wal the recorded head is missing, or its chain is another one', async () => {
    const sample = await makeSampleLog({ inFile: 3, inWal: 3 });
    const directory = temporaryDirectory();
    const whole = await openSqliteEventStore({ path: layOut(sample, directory) });
    const head = await lastOf(whole, 'stream-one');
    const position = await whole.head();
    await whole.close();
    const path = layOut(sample, directory);
    rmSync(`${path}-wal`);

    const store = await openSqliteEventStore({ path });

    const from = head?.revision ?? 0;
    expect(await collect(store.read('stream-one', { from, max: 1 }))).toEqual([]);
    expect(await store.head()).toBeLessThan(position);
    await store.close();
  });

  test.each(['missing', 'empty'])(
    'F5: a %s file beside a write-ahead log refuses to start, and the log is left alone',
    async (fate) => {
      const sample = await makeSampleLog({ inFile: 3, inWal: 3 });
      const path = layOut(sample, temporaryDirectory());
      rmSync(path);
      if (fate === 'empty') writeFileSync(path, '');

      for (const inspect of [false, true]) {
        await expect(openSqliteEventStore({ path, inspect })).rejects.toMatchObject({
          code: 'log-damaged',
          message: expect.stringContaining(`${path}-wal holds events`) as string,
        });
      }
      expect(statSync(`${path}-wal`).size).toBe(sample.wal.length);
    },
  );

  test('are readable by their owner only, and made with their directory', async () => {
    const path = join(temporaryDirectory(), 'new', 'log.db');
    const store = await openSqliteEventStore({ path });
    await store.append([new StreamAuthor('one').next()]);

    for (const file of [path, `${path}-wal`, `${path}-shm`]) {
      expect(statSync(file).mode & 0o777).toBe(0o600);
    }
    await store.close();
  });

  test('are one file after close, with everything in it, also for what was still waiting', async () => {
    const path = join(temporaryDirectory(), 'log.db');
    const store = await openSqliteEventStore({ path });
    const appends = Array.from({ length: 20 }, (_, n) =>
      store.append([new StreamAuthor(`stream-${n}`).next()]),
    );

    await store.close();

    await Promise.all(appends);
    await expect(store.append([new StreamAuthor('late').next()])).rejects.toMatchObject({
      code: 'unavailable',
      reason: 'closed',
    });
    await expect(store.head()).rejects.toMatchObject({ code: 'unavailable' });
    expect(statSync(`${path}-wal`, { throwIfNoEntry: false })).toBeUndefined();
    renameSync(path, `${path}.moved`);
    const moved = await openSqliteEventStore({ path: `${path}.moved` });
    expect(await idsIn(moved)).toHaveLength(20);
    await moved.close();
    await moved.close();
  });

  test('F28: are copied whole while others write, and the copy is a log', async () => {
    const directory = temporaryDirectory();
    const path = join(directory, 'log.db');
    const store = await openSqliteEventStore({ path });
    const author = new StreamAuthor('one');
    const before = author.next({}, {});
    await store.append([before]);
    const copying = copyDatabase(path, join(directory, 'copy.db'));
    for (let count = 0; count < 20; count += 1) await store.append([author.next()]);
    await copying;

    const copy = await openSqliteEventStore({ path: join(directory, 'copy.db') });
    expect(await brokenLogInvariants(copy, [], [before])).toEqual([]);
    expect(statSync(join(directory, 'copy.db')).mode & 0o777).toBe(0o600);
    await expect(copyDatabase(path, join(directory, 'copy.db'))).rejects.toThrow(
      /is there already/,
    );
    await copy.close();
    await store.close();
  });

  test('of a newer version, or with another table of events, refuse to start', async () => {
    const changes = [
      ['PRAGMA user_version = 2', /version 2/],
      ['DROP TABLE events', /table of events/],
      ['ALTER TABLE events ADD COLUMN more TEXT', /table of events/],
    ] as const;
    for (const [change, words] of changes) {
      const path = join(temporaryDirectory(), 'log.db');
      const store = await openSqliteEventStore({ path });
      await store.close();
      const db = new SqliteDb(path);
      db.exec(change);
      db.close();

      await expect(openSqliteEventStore({ path })).rejects.toMatchObject({
        code: 'log-damaged',
        message: expect.stringMatching(words) as string,
      });
    }
  });

  test('F23: cannot be made where no directory can be, and are not opened as another thing', async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'file'), '');

    for (const path of [join(directory, 'file', 'log.db'), directory]) {
      await expect(openSqliteEventStore({ path })).rejects.toMatchObject({ code: 'unavailable' });
    }
  });

  test('can be opened by many at once from nothing', async () => {
    const path = join(temporaryDirectory(), 'log.db');

    const stores = await Promise.all([1, 2, 3, 4].map(() => openSqliteEventStore({ path })));

    await Promise.all(
      stores.map((store, n) => store.append([new StreamAuthor(`stream-${n}`).next()])),
    );
    const [first] = stores;
    expect(first && (await idsIn(first))).toHaveLength(4);
    for (const store of stores) await store.close();
  });

  test('are not needed by a log in memory', async () => {
    const store = await openSqliteEventStore({ path: ':memory:' });
    const author = new StreamAuthor('one');
    await store.append([author.next(), new StreamAuthor('two').next()]);
    await expect(store.append([new StreamAuthor('one').next()])).rejects.toMatchObject({
      code: 'conflict',
    });

    expect(await idsIn(store)).toHaveLength(2);
    await store.close();
  });
});
