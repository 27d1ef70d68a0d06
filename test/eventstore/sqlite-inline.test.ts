import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { RecordedEvent } from '../../eventstore/event-store.ts';
import {
  openSqliteEventStore,
  type OpenSqliteEventStore,
} from '../../eventstore/sqlite-event-store.ts';
import type { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import { collect, StreamAuthor } from '../support/log-events.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** A log with a projection that keeps the newest word of each stream, and what it was handed. */
async function withWords(options: Partial<OpenSqliteEventStore> = {}) {
  const handed: RecordedEvent[] = [];
  const apply = (db: SqliteDb, events: readonly RecordedEvent[]) => {
    handed.push(...events);
    for (const { stream, data } of events) {
      if (data['word'] === 'poison') throw new Error('cannot apply this');
      db.run('INSERT OR REPLACE INTO words VALUES (?, ?)', stream, JSON.stringify(data['word']));
    }
  };
  const path = join(temporaryDirectory(), 'log.db');
  const store = await openSqliteEventStore({ ...options, path, inline: { apply } });
  onTestFinished(() => store.close());
  await store.writer.write((db) =>
    db.exec('CREATE TABLE words (stream TEXT PRIMARY KEY, word TEXT NOT NULL) STRICT'),
  );
  const words = () => store.db.all('SELECT * FROM words').map((row) => ({ ...row }));
  return { store, handed, words };
}

describe('an inline projection', () => {
  test('I6: moves in the transaction of the append, with the events as they are read later', async () => {
    const { store, handed, words } = await withWords();
    const author = new StreamAuthor('one');
    const two = new StreamAuthor('two');
    await store.append([author.next({ data: { word: 'a' } }, { data: { word: 'b' } })]);
    await store.append([
      author.next({ data: { word: 'c' } }),
      two.next({ data: { word: 'd', number: -0 } }),
    ]);

    expect(words()).toEqual([
      { stream: 'one', word: '"c"' },
      { stream: 'two', word: '"d"' },
    ]);
    const stored = [await collect(store.read('one')), await collect(store.read('two'))].flat();
    expect(handed).toEqual(stored);
  });

  test('F17, I6: that throws undoes the append, and nothing of it is left', async () => {
    const { store, words } = await withWords();
    const author = new StreamAuthor('one');
    await store.append([author.next({ data: { word: 'a' } })]);

    await expect(
      store.append([author.rival({ data: { word: 'b' } }, { data: { word: 'poison' } })]),
    ).rejects.toThrow('cannot apply this');

    expect(words()).toEqual([{ stream: 'one', word: '"a"' }]);
    expect(await collect(store.read('one'))).toHaveLength(1);
    expect(await store.writable()).toEqual({ writable: true });
  });

  test('F14, F18: is not handed a resend again, nor what a conflict refused', async () => {
    const { store, handed } = await withWords();
    const author = new StreamAuthor('one');
    const stale = author.rival({ data: { word: 'x' } });
    const write = author.next({ data: { word: 'a' } });
    await store.append([write]);
    await store.append([write]);
    await expect(store.append([stale])).rejects.toMatchObject({ code: 'conflict' });

    expect(handed).toHaveLength(1);
  });

  test('sees streams under the names they have above the port', async () => {
    const { store, words } = await withWords({ prefix: 'tenant-' });
    await store.append([new StreamAuthor('one').next({ data: { word: 'a' } })]);

    expect(words()).toEqual([{ stream: 'one', word: '"a"' }]);
    expect(store.db.get('SELECT stream FROM events')).toMatchObject({ stream: 'tenant-one' });
  });
});
