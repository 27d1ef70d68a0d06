import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openClosedSqliteLog } from '../../eventstore/sqlite-closed-log.ts';
import { openSqliteEventStore } from '../../eventstore/sqlite-event-store.ts';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import { StreamAuthor, untilCaughtUp } from '../support/log-events.ts';
import { startLogWriter } from '../support/log-writer.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** A log with three events under the prefix and one beside it. */
async function aLog(): Promise<string> {
  const path = join(temporaryDirectory(), 'log.db');
  const store = await openSqliteEventStore({ path });
  const ours = new StreamAuthor('ours-one');
  await store.append([ours.next({}, {}, {})]);
  await store.append([new StreamAuthor('others-one').next()]);
  await store.close();
  return path;
}

async function closed(path: string, prefix = '') {
  const store = await openClosedSqliteLog({ path, prefix });
  onTestFinished(() => store.close());
  return store;
}

/** One append by another process. */
const appendElsewhere = (path: string) =>
  promisify(execFile)(process.execPath, [
    join(import.meta.dirname, '../support/log-writer-process.ts'),
    ...[path, 'other', '1', '1'],
  ]);

describe('a log that is closed to others', () => {
  test('is read, whole or under a prefix, and not written', async () => {
    const path = await aLog();

    const store = await closed(path, 'ours-');

    expect((await untilCaughtUp(store, { prefixes: [] })).map(({ stream }) => stream)).toEqual([
      'one',
      'one',
      'one',
    ]);
    expect(await store.writable()).toMatchObject({ writable: false });
    await expect(store.append([new StreamAuthor('two').next()])).rejects.toThrow();
  });

  test('takes no write of another process until it is closed', async () => {
    const path = await aLog();
    const store = await closed(path);
    await expect(appendElsewhere(path)).rejects.toMatchObject({
      stderr: expect.stringContaining('database is locked') as string,
    });

    await store.close();

    expect((await appendElsewhere(path)).stdout).toContain('acknowledged');
  });

  test('is not to be had while another process has it open', async () => {
    const path = await aLog();
    const other = startLogWriter({ path, name: 'other', count: 0, parallel: 1 });
    onTestFinished(() => other.kill());
    await other.working;

    await expect(openClosedSqliteLog({ path, prefix: '' })).rejects.toMatchObject({
      code: 'log-in-use',
      message: `${path} is open in another process; stop the app first`,
    });

    other.kill();
    await other.gone;
    expect(await untilCaughtUp(await closed(path), { prefixes: ['ours-'] })).toHaveLength(3);
  });

  test('must be one of ours, and stays as it was where it is not', async () => {
    const path = join(temporaryDirectory(), 'other.db');
    const db = new SqliteDb(path);
    db.exec('CREATE TABLE other (name TEXT)');
    db.close();

    await expect(openClosedSqliteLog({ path, prefix: '' })).rejects.toMatchObject({
      code: 'log-damaged',
      message: `${path} is not a Latchkey log`,
    });
    expect(existsSync(`${path}-wal`)).toBe(false);
  });

  test('F5 is refused where its file is gone and its write-ahead log is not', async () => {
    const path = join(temporaryDirectory(), 'log.db');
    writeFileSync(`${path}-wal`, 'events');

    await expect(openClosedSqliteLog({ path, prefix: '' })).rejects.toMatchObject({
      code: 'log-damaged',
    });
    expect(existsSync(`${path}-wal`)).toBe(true);
  });
});
