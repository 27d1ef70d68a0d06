import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import { openSqlite } from '../../sqlite/sqlite-open.ts';
import { SqliteWriter, type WriterOptions } from '../../sqlite/sqlite-writer.ts';
import { FaultySqlite, sqliteError, sqliteResult } from '../support/faulty-sqlite.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** A file with one table of words, a writer to it, and somebody else's connection. */
async function words(options?: WriterOptions) {
  const path = join(temporaryDirectory(), 'words.db');
  const faulty = new FaultySqlite();
  const db = await openSqlite({ path, connect: faulty.connect });
  db.exec('CREATE TABLE words (word TEXT PRIMARY KEY) STRICT');
  const other = new SqliteDb(path);
  onTestFinished(() => {
    other.close();
    db.close();
  });
  const writer = new SqliteWriter(db, options);
  const add = (word: string) => writer.write((to) => insert(to, word));
  const all = () => other.all('SELECT word FROM words ORDER BY word').map((row) => row['word']);
  return { path, faulty, db, other, writer, add, all };
}

const insert = (db: SqliteDb, word: string) => db.run('INSERT INTO words (word) VALUES (?)', word);

const told = (writes: readonly Promise<unknown>[]) =>
  Promise.all(
    writes.map((write) =>
      write.then(
        () => 'written',
        (error: Error & { code?: string; errcode?: number }) =>
          error.errcode ?? error.code ?? error.message,
      ),
    ),
  );

describe('the writer', () => {
  test('answers what a work returned, once others can see it', async () => {
    const { add, all } = await words();

    expect(await add('one')).toBe(1);
    expect(all()).toEqual(['one']);
  });

  test('commits works that arrive together in one transaction', async () => {
    const { add, all, faulty } = await words();
    let commits = 0;
    faulty.before = (sql) => {
      if (sql === 'COMMIT') commits += 1;
    };

    await Promise.all(['a', 'b', 'c', 'd'].map(add));

    expect(all()).toEqual(['a', 'b', 'c', 'd']);
    expect(commits).toBe(1);
  });

  test('undoes a work that throws as a whole, and nothing of the others', async () => {
    const { writer, add, all } = await words();
    const broken = writer.write((db) => {
      insert(db, 'half');
      throw new Error('thought better of it');
    });

    expect(await told([add('before'), broken, add('before'), add('after')])).toEqual([
      'written',
      'thought better of it',
      sqliteResult.uniqueKey,
      'written',
    ]);
    expect(all()).toEqual(['after', 'before']);
  });

  test('tells all of them when the transaction itself is lost, and writes on after that', async () => {
    const { writer, add, all } = await words();
    const before = add('before');
    const lost = writer.write((db) => {
      insert(db, 'lost');
      db.exec('ROLLBACK');
      throw sqliteError(sqliteResult.ioWrite);
    });

    const after = add('after');

    expect(await told([before, lost, after])).toEqual([
      sqliteResult.ioWrite,
      sqliteResult.ioWrite,
      'written',
    ]);
    expect(all()).toEqual(['after']);
  });

  test('F15: says that nobody knows when the commit fails, but not when there was no room', async () => {
    const { faulty, other, add, all } = await words();

    faulty.fail(sqliteResult.ioFsync, 'COMMIT');
    await expect(add('one')).rejects.toMatchObject({ code: 'commit-failed' });
    insert(other, 'the lock was let go');
    faulty.fail(sqliteResult.full, 'COMMIT');
    await expect(add('two')).rejects.toMatchObject({ errcode: sqliteResult.full });
    faulty.heal();
    await add('three');

    expect(all()).toEqual(['the lock was let go', 'three']);
  });

  test('F9: waits for another lock while the event loop runs on', async () => {
    const { other, faulty, add, all } = await words();
    other.exec('BEGIN IMMEDIATE');
    let [ticks, tries] = [0, 0];
    faulty.before = (sql) => {
      if (sql.startsWith('BEGIN')) tries += 1;
    };
    const timer = setInterval(() => (ticks += 1), 5);
    const write = add('one');
    await sleep(150);
    expect(ticks).toBeGreaterThan(5);
    expect(tries).toBeGreaterThan(5);
    expect(tries).toBeLessThan(200);
    clearInterval(timer);

    other.exec('ROLLBACK');
    await write;

    expect(all()).toEqual(['one']);
  });

  test('F25: gives up in time when the lock is kept, with nothing written', async () => {
    const { other, add, all } = await words({ lockTimeoutMs: 100 });
    other.exec('BEGIN IMMEDIATE');
    const since = performance.now();

    expect(await told([add('one'), add('two')])).toEqual(['writer-busy', 'writer-busy']);

    expect(performance.now() - since).toBeGreaterThan(90);
    expect(performance.now() - since).toBeLessThan(5_000);
    other.exec('ROLLBACK');
    expect(all()).toEqual([]);
    await add('three');
  });

  test('F25: refuses at once what would make the queue too long', async () => {
    const { other, add, all } = await words({ maxQueue: 2 });
    other.exec('BEGIN IMMEDIATE');
    const waiting = [add('one'), add('two')];

    await expect(add('three')).rejects.toMatchObject({ code: 'writer-busy' });
    other.exec('ROLLBACK');
    await Promise.all(waiting);

    expect(all()).toEqual(['one', 'two']);
  });

  test('F25: lets the event loop run between many slow works', async () => {
    const { writer } = await words();
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 1);
    const slow = () => {
      const until = performance.now() + 5;
      while (performance.now() < until);
    };

    await Promise.all(Array.from({ length: 40 }, () => writer.write(slow)));

    clearInterval(timer);
    expect(ticks).toBeGreaterThan(5);
  });

  test('takes nothing more once closed, and finishes what was waiting', async () => {
    const { writer, add, all } = await words();
    const waiting = add('one');

    await writer.close();

    expect(all()).toEqual(['one']);
    await waiting;
    await expect(add('two')).rejects.toMatchObject({ code: 'writer-gone' });
  });

  test('is idle when nothing waits', async () => {
    const { writer, add, all } = await words();
    await writer.idle();
    const waiting = add('one');

    await writer.idle();

    expect(all()).toEqual(['one']);
    await waiting;
  });
});
