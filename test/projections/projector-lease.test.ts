import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { registerUser } from '../../commands/register-user.ts';
import { openEsdbEventStore } from '../../eventstore/esdb-event-store.ts';
import { dumpLookups } from '../../projections/lookups.ts';
import { leaseMs, readLease, releaseLease, takeLease } from '../../projections/projector-lease.ts';
import { projectionState } from '../../projections/read-model.ts';
import { compareWithFreshFold, rebuildLookups } from '../../projections/rebuild.ts';
import type { ReadModelFile } from '../../projections/read-model-file.ts';
import { registration, startOn } from '../support/installation.ts';
import { openModel, project } from '../support/projecting.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { serverKinds, serverPlace } from '../support/test-logs.ts';

describe('the lease of the one who projects', () => {
  const now = Date.now();

  test('is had by one, until it is not renewed any more', async () => {
    const model = await openModel();
    const take = (who: string, at: number) => model.writer.write((db) => takeLease(db, who, at));
    expect(await take('one', now)).toBe(true);
    expect(await take('other', now + leaseMs - 1)).toBe(false);
    expect(await take('other', now + leaseMs)).toBe(true);
    expect(await take('one', now + leaseMs + 1)).toBe(false);
  });

  test('is free at once when its holder gives it back', async () => {
    const model = await openModel();
    await model.writer.write((db) => {
      takeLease(db, 'one', now);
      releaseLease(db, 'one');
    });
    expect(await model.writer.write((db) => takeLease(db, 'other', now))).toBe(true);
  });

  test('F22 is not held for an hour by somebody who wrote it before the clock went back', async () => {
    const model = await openModel();
    await model.writer.write((db) => takeLease(db, 'one', now + 3_600_000));
    expect(readLease(model.db, now)?.held).toBe(false);
    expect(await model.writer.write((db) => takeLease(db, 'other', now))).toBe(true);
  });
});

describe.each(serverKinds)('two processes of one machine, %s:', (kind) => {
  /** A log with accounts in it, and a read model that nobody brings up to date yet. */
  async function machine() {
    const dir = temporaryDirectory();
    const { url, prefix } = await serverPlace(dir, kind);
    const writer = await startOn(kind, { dir });
    onTestFinished(writer.close);
    const path = join(temporaryDirectory(), 'read.db');
    const model = await openModel(join(path, '..'));
    const store = await openEsdbEventStore({ url, prefix });
    onTestFinished(() => store.close());
    let count = 0;
    const register = () => registerUser(writer.deps, registration(`user${(count += 1)}`));
    const level = () => expect.poll(() => positionOf(model), { timeout: 15_000 });
    return { model, store, register, level, start: () => startChild([url, prefix, path]) };
  }

  const positionOf = ({ db }: ReadModelFile) => projectionState(db).position;
  const holderOf = ({ db }: ReadModelFile) => readLease(db, Date.now())?.holder;
  const isEqual = async (
    model: ReadModelFile,
    store: Awaited<ReturnType<typeof machine>>['store'],
  ) =>
    (
      await compareWithFreshFold({
        store,
        writer: model.writer,
        headInside: (db) => projectionState(db).position,
        elsewhere: true,
      })
    ).equal;

  test('when the one that projects is killed, the other does within 5 s', async () => {
    const { model, store, register, level, start } = await machine();
    const child = start();
    await child.says('holds the lease');
    const mine = project(store, model);
    await register();
    await level().toBe(await store.head());
    const before = holderOf(model);
    child.signal('SIGKILL');
    const since = performance.now();
    await register();
    await level().toBe(await store.head());
    expect(performance.now() - since).toBeLessThan(5_000);
    expect(holderOf(model)).not.toBe(before);
    expect(mine.faults).toEqual([]);
    expect(await isEqual(model, store)).toBe(true);
  });

  test('one that was only paused finds out in its next transaction, and writes nothing', async () => {
    const { model, store, register, level, start } = await machine();
    const child = start();
    await child.says('holds the lease');
    await register();
    await level().toBe(await store.head());
    child.signal('SIGSTOP');
    await register();
    project(store, model);
    await level().toBe(await store.head());
    const holder = holderOf(model);
    // What the paused one had already been sent is applied by the other: it must not be written twice or over.
    const dump = dumpLookups(model.db);
    child.signal('SIGCONT');
    await child.says('lost the lease');
    expect(holderOf(model)).toBe(holder);
    expect(dumpLookups(model.db)).toBe(dump);
    await register();
    await level().toBe(await store.head());
    expect(await isEqual(model, store)).toBe(true);
  });

  test('F17 I6 I7 killed again and again while people register, it ends where it should', async () => {
    const { model, store, register, level, start } = await machine();
    for (let round = 0; round < 6; round += 1) {
      const child = start();
      const people = Promise.all(Array.from({ length: 5 }, register));
      if (round === 0) await child.says('holds the lease');
      await sleep(150 + Math.random() * 450);
      child.signal('SIGKILL');
      await people;
      expect(positionOf(model)).toBeLessThanOrEqual(await store.head());
      // Nobody waits for the lease of a dead process in this test.
      await model.writer.write((db) => db.run('UPDATE projector_lease SET expires = 0'));
    }
    project(store, model);
    await level().toBe(await store.head());
    expect(await isEqual(model, store)).toBe(true);
  });

  test('I6 one rebuilds while the other projects and people register, and nothing is lost', async () => {
    const { model, store, register, level, start } = await machine();
    await Promise.all(Array.from({ length: 5 }, register));
    const child = start();
    await child.says('holds the lease');
    const people = Promise.all(Array.from({ length: 15 }, register));
    const source = {
      store,
      writer: model.writer,
      headInside: (db: ReadModelFile['db']) => projectionState(db).position,
      elsewhere: true,
    };
    expect(await rebuildLookups(source)).toEqual({ differed: false });
    await people;
    await level().toBe(await store.head());
    await register();
    await level().toBe(await store.head());
    expect(await isEqual(model, store)).toBe(true);
  });
});

/** A projector in a process of its own, killed when the test is over. */
function startChild(words: readonly string[]) {
  const program = join(import.meta.dirname, '../support/projector-process.ts');
  const child = spawn(process.execPath, [program, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  return {
    says: (text: string) => expect.poll(() => said, { timeout: 15_000 }).toContain(text),
    signal: (signal: NodeJS.Signals) => child.kill(signal),
  };
}
