import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RecordedEvent } from '../../eventstore/event-store.ts';
import { projectionState } from '../../projections/read-model.ts';
import { ReadModelFile } from '../../projections/read-model-file.ts';
import { DeliveredLog } from '../support/delivered-log.ts';
import { aHistory, dumpOf, openModel, project } from '../support/projecting.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

let history: readonly RecordedEvent[];
let whole: string;
beforeAll(async () => {
  ({ events: history, dump: whole } = await aHistory());
});

/** Projects a log into a model until it stands at the log's end, then stops. */
async function projected(model: ReadModelFile, events: readonly RecordedEvent[], logId = 'log-1') {
  const running = project(new DeliveredLog(events), model, { logId });
  const head = events.at(-1)?.position;
  await expect.poll(() => projectionState(model.db).position, { timeout: 5_000 }).toBe(head);
  await expect.poll(() => projectionState(model.db).logId).toBe(logId);
  await running.stop();
}

/** The same log, copied to a store where its events stand elsewhere. */
const elsewhere = (by: bigint) =>
  history.map((event) => ({ ...event, position: event.position * 10n + by }));

describe('a read model', () => {
  test('of another log is thrown away and made anew', async () => {
    const model = await openModel();
    const [, ...others] = history;
    const another = others.filter(({ stream }) => stream === history[5]?.stream);
    await projected(model, history, 'another log');
    await projected(model, another, 'log-1');
    expect(dumpOf(model)).not.toBe(whole);
    await projected(model, history, 'another log');
    expect(dumpOf(model)).toBe(whole);
  });

  test('of the same log in another store is made anew: its positions mean other events', async () => {
    const model = await openModel();
    await projected(model, elsewhere(3n).slice(0, 12));
    await projected(model, history);
    expect(dumpOf(model)).toBe(whole);
  });

  test('of a log that was put back from a backup is made anew, though positions look alike', async () => {
    const model = await openModel();
    const lost = history.map((event, index) =>
      index > 8 ? { ...event, id: `${event.id}x` } : event,
    );
    await projected(model, lost.slice(0, 15));
    await projected(model, history);
    expect(dumpOf(model)).toBe(whole);
  });

  test('keeps its rows over a restart of its process', async () => {
    const dir = temporaryDirectory();
    const first = await ReadModelFile.open(join(dir, 'read.db'));
    await projected(first, history);
    await first.close();
    const second = await openModel(dir);
    expect(dumpOf(second)).toBe(whole);
    const log = new DeliveredLog(history);
    project(log, second);
    await expect.poll(() => log.turns).toBe(1);
    expect(dumpOf(second)).toBe(whole);
  });

  test('answers with the copy of an account only for the log it is of', async () => {
    const model = await openModel();
    await projected(model, history);
    const { stream = '' } = history.find(({ type }) => type === 'UserRegistered') ?? {};
    const kept = model.keptEvents('log-1', stream, 0);
    expect(kept).toEqual(history.filter((event) => event.stream === stream));
    expect(model.keptEvents('log-1', stream, 2)).toEqual(kept?.slice(2));
    expect(model.keptEvents('another log', stream, 0)).toBeUndefined();
    expect(model.keptEvents('log-1', 'claim-email-x', 0)).toBeUndefined();
    expect(model.keptEvents('log-1', 'account-nobody-copied', 0)).toBeUndefined();
  });

  test('is a file of its owner alone', async () => {
    const dir = temporaryDirectory();
    const model = await openModel(dir);
    await projected(model, history);
    for (const name of ['read.db', 'read.db-wal', 'read.db-shm']) {
      expect(statSync(join(dir, name)).mode & 0o777, name).toBe(0o600);
    }
  });

  test('that is no database says that it may be deleted', async () => {
    const path = join(temporaryDirectory(), 'read.db');
    writeFileSync(
      path,
      'this was never a database, but it is long enough to look like one'.repeat(9),
    );
    await expect(ReadModelFile.open(path)).rejects.toMatchObject({
      code: 'read-model-damaged',
      message: expect.stringContaining('delete it') as string,
    });
  });
});
