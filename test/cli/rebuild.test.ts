import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { rebuild } from '../../cli/rebuild.ts';
import { emptyHead, writeAt } from '../../commands/write-stream.ts';
import { accountStream } from '../../domain/streams.ts';
import { dumpLookups } from '../../projections/lookups.ts';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import { registered } from '../support/installation.ts';
import { terminalOn, type Terminal } from '../support/terminal.ts';

const ROOT = join(import.meta.dirname, '../..');
const MANY = 20_000;
const cause = { actor: 'system', requestId: 'many', at: new Date(0) } as const;

/** A log that takes a while to fold: two people, and many accounts of which only a fence is known. */
async function longLog(terminal: Terminal): Promise<void> {
  const { deps } = await terminal.open();
  await registered(deps, 'ann');
  await registered(deps, 'bob');
  for (let begin = 0; begin < MANY; begin += 2_000) {
    const writes = Array.from({ length: 2_000 }, (_, index) => {
      const attemptId = `attempt-${begin + index}`;
      const drafts = [{ type: 'AttemptFenced', v: 1, data: () => ({ attemptId }) }];
      return writeAt(emptyHead(accountStream(`fenced-${begin + index}`)), attemptId, {
        cause,
        drafts,
      });
    });
    await deps.store.append(writes);
  }
}

/** Starts a rebuild in a process of its own and kills it once its own tables stand. False if it was quicker. */
async function killedMidway(dir: string, looking: SqliteDb): Promise<boolean> {
  const child: ChildProcess = spawn(process.execPath, [join(ROOT, 'cli/latchkey.js'), 'rebuild'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', DATA_DIR: dir },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  const gone = () => child.exitCode !== null || child.signalCode !== null;
  while (!gone()) {
    if (looking.get(`SELECT 1 FROM sqlite_schema WHERE name = 'rebuild_owner'`)) break;
    await sleep(1);
  }
  child.kill('SIGKILL');
  await ended;
  return child.signalCode === 'SIGKILL';
}

test('a rebuild that is killed leaves the live lookups as they were, and the next one goes through (I6)', async () => {
  const terminal = await terminalOn('the embedded log');
  await longLog(terminal);
  const looking = new SqliteDb(join(terminal.dir, 'log.db'));
  const live = dumpLookups(looking);

  let killed = 0;
  for (let tries = 0; killed < 3 && tries < 20; tries += 1) {
    if (await killedMidway(terminal.dir, looking)) killed += 1;
    expect(dumpLookups(looking)).toBe(live);
  }

  expect(killed).toBe(3);
  expect(await terminal.run(rebuild)).toMatchObject({
    json: { events: expect.any(Number) as number, differed: false },
  });
  expect(dumpLookups(looking)).toBe(live);
  expect(looking.get(`SELECT 1 FROM sqlite_schema WHERE name LIKE 'rebuild_%'`)).toBeUndefined();
  looking.close();
}, 120_000);
