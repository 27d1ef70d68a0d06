import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { copyLog } from '../../commands/copy-log.ts';
import type { EventStore } from '../../eventstore/event-store.ts';
import { catchUpInline } from '../../projections/inline.ts';
import { dumpLookups, lookupsDigest } from '../../projections/lookups.ts';
import { projectionState } from '../../projections/read-model.ts';
import { rebuildLookups } from '../../projections/rebuild.ts';
import type { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import { emptyPlace, filePlace, writeWholeLog } from '../support/copy-logs.ts';
import { openModel, project } from '../support/projecting.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { openEmbedded, serverKinds } from '../support/test-logs.ts';

/** A log in a file, its lookups moved with every append. */
async function embeddedLog(dir = temporaryDirectory()) {
  const log = await openEmbedded(dir, true);
  onTestFinished(log.close);
  return log;
}

/** The read model that a machine makes of a log on a server, level with it. */
async function readModelOf(store: EventStore) {
  const model = await openModel();
  const { faults } = project(store, model);
  const head = await store.head();
  const level = () => projectionState(model.db).position >= head;
  await vi.waitFor(() => expect(level()).toBe(true), { timeout: 20_000 });
  expect(faults).toEqual([]);
  return model;
}

const lookupsIn = (db: SqliteDb) => ({ dump: dumpLookups(db), digest: lookupsDigest(db) });

describe.each(serverKinds)('one history in a file and on %s', (kind) => {
  test('has the same lookups, byte for byte: inline, projected, and rebuilt on either (I6)', async () => {
    const file = await embeddedLog();
    await writeWholeLog(file.store);
    const live = lookupsIn(file.store.db);
    const server = await (await emptyPlace(kind)).open();
    await copyLog({ source: file.store, target: server });

    const model = await readModelOf(server);
    expect(lookupsIn(model.db)).toEqual(live);

    expect(await rebuildLookups(file.rebuilding)).toEqual({ differed: false });
    const elsewhere = { store: server, writer: model.writer, elsewhere: true };
    const headInside = (db: SqliteDb) => projectionState(db).position;
    expect(await rebuildLookups({ ...elsewhere, headInside })).toEqual({ differed: false });
    expect([lookupsIn(file.store.db), lookupsIn(model.db)]).toEqual([live, live]);
    expect(live.dump).toContain('"status":"closing"');
  });

  test('has them again in a file that it comes back to (I6)', async () => {
    const file = await embeddedLog();
    await writeWholeLog(file.store);
    const server = await (await emptyPlace(kind)).open();
    await copyLog({ source: file.store, target: server });
    const dir = temporaryDirectory();
    const target = await filePlace(join(dir, 'log.db')).open();
    await copyLog({ source: server, target });
    await target.close();

    const back = await embeddedLog(dir);
    await catchUpInline(back.store, back.store.writer);

    expect(lookupsIn(back.store.db)).toEqual(lookupsIn(file.store.db));
  });
});
