import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { openSqliteEventStore } from '../../eventstore/sqlite-event-store.ts';
import { checkWholeLog } from '../../eventstore/sqlite-whole-check.ts';
import { verifyLog, type VerifyOptions } from '../../eventstore/verify-log.ts';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import { lastOf, StreamAuthor } from '../support/log-events.ts';
import { hideFromIndex } from '../support/sample-log.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const wordOf = (turn: number) => `word-${turn}-of-the-log`;

/** Two streams whose events carry a word each, the even words in one and the odd ones in the other. */
async function closedLog(events: number, prefix = ''): Promise<string> {
  const path = join(temporaryDirectory(), 'log.db');
  const store = await openSqliteEventStore({ path, prefix });
  const authors = ['even', 'odd'].map((name) => new StreamAuthor(name));
  const wordsOf = (author: number) =>
    Array.from({ length: events / 2 }, (_, turn) => ({
      data: { word: wordOf(2 * turn + author) },
    }));
  await store.append(authors.map((author, index) => author.next(...wordsOf(index))));
  await store.close();
  return path;
}

/** Changes one letter of an event's word, also where SQLite left old copies of its row. Its JSON stays whole. */
function tamper(path: string, turn: number): void {
  const bytes = readFileSync(path);
  const word = `"${wordOf(turn)}"`;
  for (let at = bytes.indexOf(word); at !== -1; at = bytes.indexOf(word, at)) {
    bytes.writeUInt8(bytes.readUInt8(at + 1) ^ 1, at + 1);
  }
  writeFileSync(path, bytes);
}

/** Changes the file behind the log's back. */
function sql(path: string, statement: string): void {
  const db = new SqliteDb(path);
  db.exec(statement);
  db.close();
}

/** Gives the events of several streams places by their revisions. */
const inTurn = `
  UPDATE events SET position = position + 1000000;
  UPDATE events SET position = 2 * revision + (stream = 'odd') + 1;`;

async function verdict(path: string, prefix = '', options: VerifyOptions = {}) {
  const store = await openSqliteEventStore({ path, prefix, inspect: true });
  const verification = await verifyLog(store, options);
  await store.close();
  return verification;
}

describe('verify', () => {
  test('finds nothing in a log as it was written, and tells how far it is', async () => {
    const path = await closedLog(2_500);
    const store = await openSqliteEventStore({ path });
    const told: number[] = [];

    const { events, streams, broken } = await verifyLog(store, {
      onProgress: (progress) => told.push(progress.events),
    });

    expect({ events, streams, broken }).toEqual({ events: 2_500, streams: 2, broken: [] });
    expect(told).toEqual([1_000, 2_000, 2_500]);
    await store.close();
  });

  test('F4: a payload changed among the last 1,000 events refuses the start and is named', async () => {
    const path = await closedLog(20);
    tamper(path, 9);

    await expect(openSqliteEventStore({ path })).rejects.toMatchObject({
      code: 'log-damaged',
      message: expect.stringMatching(/odd revision 4 .*latchkey verify.*restore/) as string,
    });
    expect((await verdict(path)).broken).toMatchObject([
      { stream: 'odd', revision: 4, breakage: 'chain' },
    ]);
  });

  test('F4: an older changed payload is named by the check in the background, which stops writes', async () => {
    const path = await closedLog(2_400);
    tamper(path, 6);
    tamper(path, 13);
    tamper(path, 15);
    const store = await openSqliteEventStore({ path });
    const even = new StreamAuthor('new');
    await store.append([even.next()]);

    const found = await checkWholeLog(store);

    expect(found.structure).toEqual([]);
    expect(found.broken).toMatchObject([
      { stream: 'even', revision: 3, breakage: 'chain' },
      { stream: 'odd', revision: 6, breakage: 'chain' },
    ]);
    await expect(store.append([even.next()])).rejects.toMatchObject({
      code: 'unavailable',
      reason: 'stopped',
    });
    expect(await store.writable()).toMatchObject({ writable: false, reason: 'stopped' });
    expect(await lastOf(store, 'odd')).toMatchObject({ revision: 1_199 });
    await store.close();
  });

  test('F4: an index that was damaged while running is found in the background, which stops writes', async () => {
    const path = await closedLog(20);
    const store = await openSqliteEventStore({ path });
    expect(await checkWholeLog(store)).toMatchObject({ structure: [], broken: [] });
    hideFromIndex(path, 'odd');

    const { structure, broken } = await checkWholeLog(store);

    expect(structure.length).toBeGreaterThan(0);
    expect(broken).toEqual([]);
    expect(await store.writable()).toMatchObject({ writable: false, reason: 'stopped' });
    await store.close();
  });

  test('names an event that is missing, one that cannot be read, and goes on behind it', async () => {
    const path = await closedLog(30);
    sql(path, `DELETE FROM events WHERE stream = 'even' AND revision = 2`);
    sql(path, `UPDATE events SET metadata = 'x' WHERE stream = 'odd' AND revision = 5`);

    const { events, broken } = await verdict(path);

    expect(broken).toMatchObject([
      { stream: 'even', revision: 3, breakage: 'gap' },
      { stream: 'odd', revision: 5, breakage: 'unreadable' },
    ]);
    expect(events).toBe(29);
  });

  test('says the same where it may remember the end of one stream alone', async () => {
    const whole = await closedLog(30);
    const damaged = await closedLog(30);
    tamper(damaged, 9);
    sql(damaged, `DELETE FROM events WHERE stream = 'even' AND revision = 2`);
    sql(
      damaged,
      `INSERT INTO events SELECT 100, 'odd', 99, id, type, data, metadata FROM events LIMIT 1`,
    );
    // In turn, so that no stream's end is still remembered when it grows.
    for (const path of [whole, damaged]) sql(path, inTurn);

    const store = await openSqliteEventStore({ path: whole, inspect: true });
    const read = vi.spyOn(store, 'read');
    const found = await verifyLog(store, { mostHeads: 1 });
    expect(found).toEqual({ events: 30, streams: 2, broken: [] });
    expect(read).toHaveBeenCalledTimes(28);
    await store.close();
    const { broken } = await verdict(damaged, '', { mostHeads: 1 });
    expect(broken).toMatchObject([
      { stream: 'even', revision: 3, breakage: 'gap' },
      { stream: 'odd', revision: 4, breakage: 'chain' },
    ]);
    expect(await verdict(damaged)).toMatchObject({ broken });
  });

  test('notices an exchanged name, type, id, position in the stream or time', async () => {
    const changes = [
      `stream = 'other', revision = 0`,
      `type = 'Other'`,
      `id = 'other'`,
      `metadata = replace(metadata, '2026', '2027')`,
      `metadata = replace(metadata, '"self"', '"operator"')`,
    ];
    for (const change of changes) {
      const path = await closedLog(10);
      sql(path, `UPDATE events SET ${change} WHERE stream = 'odd' AND revision = 4`);

      expect((await verdict(path)).broken).toMatchObject([{ breakage: 'chain' }]);
    }
  });

  test('under a prefix names streams as they are called above the port', async () => {
    const path = await closedLog(10, 'tenant-');
    await (await openSqliteEventStore({ path, prefix: 'tenant-' })).close();
    expect(await verdict(path, 'tenant-')).toMatchObject({ events: 10, streams: 2, broken: [] });
    sql(path, `UPDATE events SET data = '[]' WHERE stream = 'tenant-odd' AND revision = 1`);

    await expect(openSqliteEventStore({ path, prefix: 'tenant-' })).rejects.toMatchObject({
      code: 'log-damaged',
    });
    expect((await verdict(path, 'tenant-')).broken).toMatchObject([
      { stream: 'odd', revision: 1, breakage: 'unreadable' },
    ]);
  });

  test('ends by abort', async () => {
    const path = await closedLog(10);
    const store = await openSqliteEventStore({ path });
    const abort = new AbortController();
    abort.abort(new Error('stopped here'));

    await expect(verifyLog(store, { signal: abort.signal })).rejects.toThrow('stopped here');
    await store.close();
  });
});
