import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { changeProfile } from '../../commands/change-profile.ts';
import { deleteAccount } from '../../commands/delete-account.ts';
import { registerUser } from '../../commands/register-user.ts';
import { signIn } from '../../commands/sign-in.ts';
import { writeAt } from '../../commands/write-stream.ts';
import type { JsonObject } from '../../eventstore/event-store.ts';
import { newestPosition } from '../../eventstore/sqlite-events-table.ts';
import { applyInOrder } from '../../projections/apply-in-order.ts';
import { catchUpInline } from '../../projections/inline.ts';
import { dumpLookups } from '../../projections/lookups.ts';
import { bindToLog, projectionState, startOver } from '../../projections/read-model.ts';
import { compareWithFreshFold, rebuildLookups } from '../../projections/rebuild.ts';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import {
  asking,
  password,
  registered,
  registration,
  startProcess,
  type TestProcess,
} from '../support/installation.ts';
import { untilCaughtUp } from '../support/log-events.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const open = () => startProcess({ dir: temporaryDirectory() });
const source = ({ store }: TestProcess) => ({
  store,
  writer: store.writer,
  headInside: newestPosition,
});

/** Some accounts with some history. */
async function aHistory({ deps }: TestProcess): Promise<void> {
  const ann = await registered(deps, 'ann');
  await registered(deps, 'bob');
  await changeProfile(deps, ann, { username: 'anna', name: 'Anna', email: 'anna@example.org' });
}

/** Appends an event of any kind to an account, as another program might. */
async function append(
  { deps, store }: TestProcess,
  accountId: string,
  { type, v = 1, data }: { type: string; v?: number; data: JsonObject },
): Promise<void> {
  const { head } = await deps.accounts.load(accountId);
  const cause = { actor: 'system', requestId: 'other', at: new Date() } as const;
  await store.append([
    writeAt(head, deps.newId(), { cause, drafts: [{ type, v, data: () => data }] }),
  ]);
}

/** How SQLite would look for accounts of a status. */
const planOf = (db: SqliteDb): string =>
  JSON.stringify(
    db.all(
      `EXPLAIN QUERY PLAN SELECT account_id FROM lookup_accounts
       WHERE status <> 'active' AND status = ?`,
      'closing',
    ),
  );

test('accounts that end are found without looking at the active ones, also after a rebuild', async () => {
  const process = await open();
  const { db } = process.store;
  const ann = await registered(process.deps, 'ann');
  await registered(process.deps, 'bob');
  await deleteAccount(process.deps, ann);
  const { accountId } = ann.session;

  expect(planOf(db)).toContain('lookup_accounts_ending');
  expect(process.deps.lookups.accountsIn('closing')).toEqual([accountId]);
  await rebuildLookups(source(process));
  expect(planOf(db)).toContain('USING COVERING INDEX lookup_accounts_ending');
  expect(process.deps.lookups.accountsIn('closing')).toEqual([accountId]);
  await process.close();
});

describe('I6 a rebuild from the first event', () => {
  test('is byte-equal to what was live', async () => {
    const process = await open();
    await aHistory(process);
    const live = dumpLookups(process.store.db);
    expect(await rebuildLookups(source(process))).toEqual({ differed: false });
    expect(dumpLookups(process.store.db)).toBe(live);
    await process.close();
  });

  test('comes after another, and after lookups that were made anew', async () => {
    const process = await open();
    await aHistory(process);
    const { store } = process;
    const live = dumpLookups(store.db);
    for (const again of [0, 1, 2, 3]) {
      if (again === 2) {
        await store.writer.write(startOver);
        await catchUpInline(store, store.writer);
      }
      expect(await rebuildLookups(source(process))).toEqual({ differed: false });
      expect(dumpLookups(store.db)).toBe(live);
    }
    await process.close();
  });

  test('that is only asked whether it would differ writes nothing', async () => {
    const process = await open();
    await aHistory(process);
    const { writer } = process.store;
    const written = () => writer.write((db) => db.get('SELECT total_changes() AS rows'));
    await writer.write((live) => live.run('DELETE FROM lookup_keys'));
    const before = await written();
    expect(await compareWithFreshFold(source(process))).toEqual({ equal: false });
    expect(await written()).toEqual(before);
    await process.close();
  });

  test('mends lookups that somebody changed, and says so', async () => {
    const process = await open();
    await aHistory(process);
    const live = dumpLookups(process.store.db);
    await process.store.writer.write((db) => db.run('DELETE FROM lookup_keys'));
    expect(await rebuildLookups(source(process))).toEqual({ differed: true });
    expect(dumpLookups(process.store.db)).toBe(live);
    await process.close();
  });

  test('misses nothing of what is written meanwhile', async () => {
    const process = await open();
    await aHistory(process);
    const writing = Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        registerUser(process.deps, registration(`during${index}`)),
      ),
    );
    await rebuildLookups(source(process));
    await writing;
    await rebuildLookups(source(process)).then(({ differed }) => expect(differed).toBe(false));
    await process.close();
  });

  test('that was interrupted leaves the live lookups as they were, and the next one starts anew', async () => {
    const process = await open();
    await aHistory(process);
    const live = dumpLookups(process.store.db);
    const interrupted = rebuildLookups(source(process), () => {
      throw new Error('interrupted');
    });
    await expect(interrupted).rejects.toThrow('interrupted');
    expect(dumpLookups(process.store.db)).toBe(live);
    expect(await rebuildLookups(source(process))).toEqual({ differed: false });
    await process.close();
  });
});

describe('the checkpoint', () => {
  test('I7 F17 moves with the rows: an append that fails moves neither', async () => {
    const process = await open();
    await aHistory(process);
    const before = [dumpLookups(process.store.db), projectionState(process.store.db).position];
    const { deps, store } = process;
    const torn = store.writer.write((db) => {
      db.run('UPDATE projection_state SET position = position + 1');
      db.run('DELETE FROM lookup_keys');
      throw new Error('the process died');
    });
    await expect(torn).rejects.toThrow('died');
    expect([dumpLookups(store.db), projectionState(store.db).position]).toEqual(before);
    expect(deps.lookups.state().position).toBe(await store.head());
    await process.close();
  });

  test('F18 events that come again change nothing', async () => {
    const process = await open();
    await aHistory(process);
    const live = dumpLookups(process.store.db);
    const events = await untilCaughtUp(process.store, { prefixes: [] });
    await process.store.writer.write((db) => {
      db.run('UPDATE projection_state SET position = 0');
      applyInOrder(db, [...events, ...events], { surprises: 'throw' });
    });
    expect(dumpLookups(process.store.db)).toBe(live);
    await process.close();
  });

  test('F19 a gap is never written over', async () => {
    const process = await open();
    const { accountId } = (await registered(process.deps, 'ann')).session;
    await aHistoryOf(process, accountId);
    const events = await untilCaughtUp(process.store, { prefixes: ['account-'] });
    const withheld = events.filter(({ revision }) => revision !== 1);
    const skipping = process.store.writer.write((db) => {
      db.exec('DELETE FROM lookup_keys; DELETE FROM lookup_accounts;');
      db.run('UPDATE projection_state SET position = 0');
      applyInOrder(db, withheld, { surprises: 'throw' });
    });
    await expect(skipping).rejects.toMatchObject({ code: 'revision-gap' });
    await process.close();
  });

  test('of another log throws the rows away', async () => {
    const process = await open();
    await aHistory(process);
    await process.store.writer.write((db) => bindToLog(db, 'one'));
    await process.store.writer.write((db) => bindToLog(db, 'another'));
    expect(dumpLookups(process.store.db)).toBe('{"keys":[],"accounts":[]}');
    await catchUpInline(process.store, process.store.writer);
    expect(await rebuildLookups(source(process))).toEqual({ differed: false });
    await process.close();
  });
});

async function aHistoryOf({ deps }: TestProcess, accountId: string): Promise<void> {
  const [session] = await deps.vault.sessions.list(accountId, deps.clock());
  if (!session) throw new Error('no session');
  const asker = { ...asking, session, loaded: await deps.accounts.load(accountId) };
  await changeProfile(deps, asker, { username: 'anna', name: 'Anna', email: 'anna@example.org' });
}

describe('F20 an event that cannot be applied', () => {
  test.each([
    ['of an unknown type', { type: 'AccountTeleported', data: {} }],
    ['with broken data', { type: 'EmailChanged', data: { emailKey: 7 } }],
    ['of a schema version from the future', { type: 'ProfileChanged', v: 99, data: {} }],
  ])(
    '%s stops the lookups for good, and sign-in goes by claim and account streams',
    async (_what, poison) => {
      const process = await open();
      const { deps, store } = process;
      const { accountId } = (await registered(deps, 'ann')).session;
      await append(process, accountId, poison);
      const { stopped } = deps.lookups.state();
      expect(stopped).toMatchObject({ position: await store.head(), reason: 'poison-event' });

      // Somebody new is in no lookup any more, and signs in all the same.
      expect(await registerUser(deps, registration('cid'))).toMatchObject({ ok: true });
      expect(deps.lookups.accountByKey('username', deps.keyOf('username', 'cid'))).toBeUndefined();
      const answer = await signIn(deps, { ...asking, identifier: 'cid', password });
      expect(answer).toMatchObject({ ok: true });
      expect(await registerUser(deps, registration('cid'))).toMatchObject({
        refusals: [{ code: 'email-taken' }],
      });
      await process.close();
    },
  );

  test('H2 a lookup that stands still lets nobody in by a key that moved on', async () => {
    const process = await open();
    const { deps } = process;
    const ann = await registered(deps, 'ann');
    const { accountId } = (await registered(deps, 'bob')).session;
    await append(process, accountId, { type: 'AccountTeleported', data: {} });
    await changeProfile(deps, ann, { username: 'anna', name: 'Ann', email: 'ann@example.org' });
    expect(deps.lookups.accountByKey('username', deps.keyOf('username', 'ann'))).toBeDefined();
    const old = await signIn(deps, { ...asking, identifier: 'ann', password });
    expect(old).toEqual({ ok: false, why: 'wrong-proof' });
    const current = await signIn(deps, { ...asking, identifier: 'anna', password });
    expect(current).toMatchObject({ ok: true });
    // The lookups still say Ann; the claim says who has the name now.
    const dan = await registered(deps, 'dan');
    await changeProfile(deps, dan, { username: 'ann', name: 'Dan', email: 'dan@example.org' });
    const moved = await signIn(deps, { ...asking, identifier: 'ann', password });
    expect(moved).toMatchObject({ ok: true, accountId: dan.session.accountId });
    await process.close();
  });
});

describe('F21 a key that is gone', () => {
  test('erased: replay goes through and says "erased"', async () => {
    const process = await open();
    const { deps } = process;
    const ann = await registered(deps, 'ann');
    await registered(deps, 'bob');
    await deps.vault.keys.erase(ann.account.keyId, ann.session.accountId);
    expect(await rebuildLookups(source(process))).toEqual({ differed: false });
    const { account } = await deps.accounts.loadOpened(ann.session.accountId);
    expect(account).toMatchObject({ profile: 'erased' });
    await process.close();
  });

  test('missing: a fault of that account alone, never taken for erased', async () => {
    const dir = temporaryDirectory();
    const process = await startProcess({ dir });
    const { deps } = process;
    const ann = await registered(deps, 'ann');
    const bob = await registered(deps, 'bob');
    const vault = new SqliteDb(join(dir, 'vault.db'));
    vault.run('DELETE FROM keys WHERE key_id = ?', ann.account.keyId);
    vault.close();
    await expect(deps.accounts.loadOpened(ann.session.accountId)).rejects.toMatchObject({
      code: 'key-missing',
    });
    expect(await deps.accounts.loadOpened(bob.session.accountId)).toMatchObject({
      account: { profile: { username: 'bob' } },
    });
    expect(await rebuildLookups(source(process))).toEqual({ differed: false });
    await process.close();
  });
});
