import { describe, expect, test } from 'vitest';
import { copyLog } from '../../commands/copy-log.ts';
import type { EventStore } from '../../eventstore/event-store.ts';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import {
  copyKinds,
  contentsOf,
  emptyPlace,
  filePlace,
  writeWholeLog,
} from '../support/copy-logs.ts';
import { Crash, CrashSwitch } from '../support/crash.ts';
import { brokenLogInvariants } from '../support/invariants.ts';
import { StreamAuthor } from '../support/log-events.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const pairs = copyKinds.flatMap((from) => copyKinds.map((to) => [from, to] as const));

async function writtenAt(kind: (typeof copyKinds)[number]) {
  const place = await emptyPlace(kind);
  const store = await place.open();
  await writeWholeLog(store);
  return { place, store };
}

/** Copies again and again, each time dying one step later in its own life than the time before. */
async function copyDyingAtEveryStep(source: EventStore, open: () => Promise<EventStore>) {
  for (let step = 1; ; step += 1) {
    const crash = new CrashSwitch(step);
    const target = await open();
    try {
      return { step, ...(await copyLog({ source, target: crash.wrapStore(target) })) };
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    } finally {
      await target.close();
    }
  }
}

describe.each(pairs)('a log copied from %s to %s', (from, to) => {
  test('is the same event for event: order, ids, data, metadata, chains (I2, I3)', async () => {
    const { store: source } = await writtenAt(from);
    const target = await (await emptyPlace(to)).open();

    const copied = await copyLog({ source, target });

    const contents = await contentsOf(source);
    expect(await contentsOf(target)).toEqual(contents);
    expect(await brokenLogInvariants(target, [])).toEqual([]);
    expect(copied).toMatchObject({ events: contents.length, already: 0 });
  });

  test('is whole though the copier dies before and after every append (F1)', async () => {
    const { store: source } = await writtenAt(from);
    const place = await emptyPlace(to);

    const { step, already, events } = await copyDyingAtEveryStep(source, place.open);

    expect(step).toBeGreaterThan(8);
    expect(already).toBeGreaterThan(events / 10);
    const target = await place.open();
    expect(await contentsOf(target)).toEqual(await contentsOf(source));
    expect(await brokenLogInvariants(target, [])).toEqual([]);
  });
});

test.each(copyKinds.slice(1))(
  'a file that came back from %s holds the same bytes',
  async (kind) => {
    const [there, back] = [`${temporaryDirectory()}/log.db`, `${temporaryDirectory()}/log.db`];
    const source = await filePlace(there).open();
    await writeWholeLog(source);
    const server = await (await emptyPlace(kind)).open();
    const file = await filePlace(back).open();

    await copyLog({ source, target: server });
    await copyLog({ source: server, target: file });

    expect(rowsOf(back)).toEqual(rowsOf(there));
  },
);

function rowsOf(path: string): unknown[] {
  const db = new SqliteDb(path, { readOnly: true });
  const columns = 'stream, revision, id, type, data, metadata';
  const rows = db.all(`SELECT ${columns} FROM events ORDER BY position`);
  db.close();
  return rows;
}

test('what this version cannot read is copied as it is, and stops the lookups of both alike (F20)', async () => {
  const { store: source } = await writtenAt('the embedded log');
  const later = new StreamAuthor('account-later');
  await source.append([later.next({ type: 'ThoughtOfLater', data: { unheard: 'of' } })]);
  const target = await (await emptyPlace('the embedded log')).open();

  const { lookups } = await copyLog({ source, target });

  expect(await contentsOf(target)).toEqual(await contentsOf(source));
  expect(lookups).toMatch(/^poison-event /);
});
