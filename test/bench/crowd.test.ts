import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { asking } from '../../bench/asking.ts';
import { startBenchProcess } from '../../bench/bench-process.ts';
import { nameOf, subjectOf } from '../../bench/crowd-names.ts';
import { seedCrowd } from '../../bench/crowd.ts';
import { cameBack } from '../../bench/person-verbs.ts';
import { arrive } from '../../commands/arrive.ts';
import { logIdOf } from '../../commands/installation.ts';
import { openEmbeddedLog } from '../../commands/open-embedded-log.ts';
import { registerUser } from '../../commands/register-user.ts';
import { signIn } from '../../commands/sign-in.ts';
import { newestPosition } from '../../eventstore/sqlite-events-table.ts';
import { verifyLog } from '../../eventstore/verify-log.ts';
import { compareWithFreshFold } from '../../projections/rebuild.ts';
import { SqliteDb, type Row } from '../../sqlite/sqlite-driver.ts';
import { registration } from '../support/installation.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const accounts = 12;
const changes = 2;

async function aCrowd(): Promise<string> {
  const dir = temporaryDirectory();
  await seedCrowd(dir, { accounts, changes });
  return dir;
}

/** What a row is made of, without what is in it: names of fields, kinds and lengths of values. */
function shapeOf(value: unknown): unknown {
  if (typeof value === 'string' && value.startsWith('{')) return shapeOf(JSON.parse(value));
  if (typeof value === 'string')
    return /^[0-9a-f-]{36}$|^[\w-]{43}$/.test(value) ? value.length : 'text';
  if (value instanceof Uint8Array) return 'bytes';
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, shapeOf(field)]));
}

/** The last row and the first of each table, by shape. */
function shapesIn(path: string, tables: Readonly<Record<string, string>>) {
  const db = new SqliteDb(path, { readOnly: true });
  const shape = (row: Row | undefined) => shapeOf(row && { ...row, settled: undefined });
  const found = Object.entries(tables).map(([table, where]) => {
    const row = (order: string) =>
      db.get(`SELECT * FROM ${table} WHERE ${where} ORDER BY rowid ${order} LIMIT 1`);
    return { table, crowds: shape(row('ASC')), commands: shape(row('DESC')) };
  });
  db.close();
  return found;
}

describe('the crowd that a bench measures beside', () => {
  test('is consistent, and its lookups are what its log says', async () => {
    const dir = await aCrowd();
    const log = await openEmbeddedLog({ path: join(dir, 'log.db'), prefix: '' }, logIdOf);
    const { events, broken } = await verifyLog(log.store);

    expect({ events, broken }).toEqual({ events: 1 + accounts * (3 + changes), broken: [] });
    expect(newestPosition(log.sqlite.db)).toBe(log.lookups.state().position);
    expect(await compareWithFreshFold(log.rebuilding)).toEqual({ equal: true });
    await log.close();
  });

  test('signs in by password and by identity as everybody does', async () => {
    const { deps, close } = await startBenchProcess(undefined, await aCrowd());
    const answer = await signIn(deps, { ...asking, identifier: nameOf(4), password: 'a b c d' });
    const arrived = await arrive(deps, cameBack(subjectOf(5)), { ...asking, signedIn: undefined });

    expect(answer).toMatchObject({ ok: true });
    expect(arrived).toMatchObject({ to: 'signed-in' });
    await close();
  });

  test('leaves rows of the same shape as the commands do', async () => {
    const dir = await aCrowd();
    const { deps, close } = await startBenchProcess(undefined, dir);
    expect(await registerUser(deps, registration('ann'))).toMatchObject({ ok: true });
    await close();
    const vault = { keys: '1', credentials: '1', sessions: '1' };
    const log = { events: `type = 'UserRegistered' AND data LIKE '%password%'` };

    const shapes = [
      ...shapesIn(join(dir, 'vault.db'), vault),
      ...shapesIn(join(dir, 'log.db'), log),
      ...shapesIn(join(dir, 'log.db'), { events: `type = 'Claimed'` }),
    ];
    expect(shapes).toHaveLength(5);
    for (const { table, crowds, commands } of shapes)
      expect([table, crowds]).toEqual([table, commands]);
  });
});
