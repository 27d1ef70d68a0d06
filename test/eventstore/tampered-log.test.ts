import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { RecordedEvent } from '../../eventstore/event-store.ts';
import { isLogDamaged } from '../../eventstore/log-damaged.ts';
import { openSqliteEventStore } from '../../eventstore/sqlite-event-store.ts';
import { verifyLog } from '../../eventstore/verify-log.ts';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import { StreamAuthor } from '../support/log-events.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** A closed log of two streams with some text in each event. */
async function closedLog(): Promise<string> {
  const path = join(temporaryDirectory(), 'log.db');
  const store = await openSqliteEventStore({ path });
  const authors = ['one', 'two'].map((name) => new StreamAuthor(name));
  for (let turn = 0; turn < 4; turn += 1) {
    await store.append(
      authors.map((author) => author.next({ data: { word: `word-${turn}`, turn, on: true } })),
    );
  }
  await store.close();
  return path;
}

/** What a whole walk finds: the broken places, or that the file is no log any more. */
async function walk(path: string) {
  const events: RecordedEvent[] = [];
  let store;
  try {
    store = await openSqliteEventStore({ path, inspect: true });
    const { broken } = await verifyLog(store, { onEvent: (event) => events.push(event) });
    return { broken, events, damaged: false };
  } catch (error) {
    if (!isLogDamaged(error)) throw error;
    return { broken: [], events, damaged: true };
  } finally {
    await store?.close();
  }
}

test('F4 every single changed character of an event is named with its stream and revision', async () => {
  const path = await closedLog();
  const db = new SqliteDb(path);
  const row = db.get(`SELECT * FROM events WHERE stream = 'two' AND revision = 2`);
  const store = await openSqliteEventStore({ path, inspect: true });
  for (const column of ['stream', 'id', 'type', 'data', 'metadata']) {
    const text = z.string().parse(row?.[column]);
    for (let at = 0; at < text.length; at += 1) {
      const changed = text.slice(0, at) + (text[at] === 'x' ? 'y' : 'x') + text.slice(at + 1);
      const position = row?.['position'] ?? 0;
      db.run(`UPDATE events SET ${column} = ? WHERE position = ?`, changed, position);
      const { broken } = await verifyLog(store);
      db.run(`UPDATE events SET ${column} = ? WHERE position = ?`, text, position);
      expect(broken, `${column} ${at}: ${changed}`).not.toEqual([]);
      const named = broken.map(({ stream, revision }) => `${stream} ${revision}`);
      // An event that says it is of another stream breaks that one, and leaves a gap in its own.
      expect(named).toContain(column === 'stream' ? 'two 3' : 'two 2');
    }
  }
  expect((await verifyLog(store)).broken).toEqual([]);
  await store.close();
  db.close();
});

test('F4 no single flipped bit of the file passes for another event', async () => {
  const path = await closedLog();
  const bytes = readFileSync(path);
  const told = JSON.stringify((await walk(path)).events, text);
  let noticed = 0;
  for (let at = 0; at < bytes.length; at += 37) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(at) ^ (1 << (at % 8)), at);
    writeFileSync(path, changed);
    const { broken, events, damaged } = await walk(path).catch(refused);
    if (damaged || broken.length > 0) noticed += 1;
    else expect(JSON.stringify(events, text), `byte ${at}`).toBe(told);
  }
  expect(noticed).toBeGreaterThan(0);
});

/** The file is not opened at all: its header says that it is something else. */
const refused = (error: unknown) => {
  expect(error).toBeInstanceOf(Error);
  return { broken: [], events: [], damaged: true };
};

const text = (_name: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
