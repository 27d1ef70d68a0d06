import { describe, expect, onTestFinished, test } from 'vitest';
import { guard } from '../../commands/guard.ts';
import { livingSessions } from '../../commands/living-sessions.ts';
import { examineVault } from '../../commands/mend-vault.ts';
import { registerUser } from '../../commands/register-user.ts';
import { walkLog } from '../../commands/walk-log.ts';
import type { Deps } from '../../commands/deps.ts';
import type { EventStore } from '../../eventstore/event-store.ts';
import { Crash, CrashSwitch } from '../support/crash.ts';
import {
  registered,
  registration,
  startOn,
  type TestProcessOptions,
} from '../support/installation.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { logKinds, type LogKind } from '../support/test-logs.ts';

async function open(kind: LogKind, options: Partial<TestProcessOptions> = {}) {
  const process = await startOn(kind, { dir: temporaryDirectory(), ...options });
  onTestFinished(process.close);
  return process;
}

/** The same log, told of every append before it is made. */
const before =
  (append: () => Promise<void>) =>
  (store: EventStore): EventStore => ({
    atomic: store.atomic,
    read: (...asked) => store.read(...asked),
    append: async (writes) => {
      if (writes.some(({ stream }) => stream.startsWith('account-'))) await append();
      return store.append(writes);
    },
    subscribe: (options) => store.subscribe(options),
    head: () => store.head(),
    close: () => store.close(),
  });

/** What somebody with the account open would see of its sessions. */
async function seen(deps: Deps, accountId: string) {
  const { account } = await deps.accounts.load(accountId);
  if (account.status !== 'active') throw new Error('not active');
  return livingSessions(deps, { accountId, account }, deps.clock());
}

describe.each(logKinds)('the session of a registration, on %s', (kind) => {
  test('is in the vault with the key before the event, and nothing is written there after it', async () => {
    const form = registration('ann');
    const order: string[] = [];
    const wrapStore = before(async () => {
      const prepared = await vault.sessions.list(form.accountId, new Date());
      order.push(`append after ${prepared.length} session`);
    });
    const { deps, vault } = await open(kind, { wrapStore });
    const prepareAccount: typeof vault.prepareAccount = (account) => {
      order.push('vault');
      return vault.prepareAccount(account);
    };
    const sessions = new Proxy(vault.sessions, { get: () => () => order.push('session') });

    const counted = { ...deps, vault: { ...vault, prepareAccount, sessions } };
    const answer = await registerUser(counted, form);

    expect(order).toEqual(['vault', 'append after 1 session']);
    expect(answer.ok && (await guard(deps, answer.issued.token))).toMatchObject({
      session: { accountId: form.accountId },
    });
  });

  test('of an attempt that a crash ended is in no list, once the form was sent again', async () => {
    const dir = temporaryDirectory();
    const form = registration('ann');
    // Claims, where they are appends of their own, come before the vault's rows.
    const at = kind === 'the embedded log' ? 3 : 7;
    const { wrapStore, wrapVault } = new CrashSwitch(at);
    const dying = await startOn(kind, {
      dir,
      wrapStore,
      wrapVault,
      sleep: () => Promise.resolve(),
    });
    await expect(registerUser(dying.deps, form)).rejects.toThrow(Crash);
    await dying.close();
    const { deps, vault, clock } = await open(kind, { dir, sleep: () => Promise.resolve() });
    expect(await vault.sessions.list(form.accountId, clock.now)).toHaveLength(1);

    // A doctor has nothing to say of it: it is the sweeper's.
    const examined = await examineVault(deps, await walkLog(deps.store));
    expect(examined.misplaced).toEqual([]);
    const answer = await registerUser(deps, form);
    if (!answer.ok) throw new Error('not registered');

    expect(await vault.sessions.list(form.accountId, clock.now)).toHaveLength(2);
    expect(await seen(deps, form.accountId)).toMatchObject([
      { sessionId: answer.issued.sessionId },
    ]);
  });

  test('of an attempt that lost a race goes with its key', async () => {
    const { deps, vault } = await open(kind);
    await registered(deps, 'ann');
    const lookups = new Proxy(deps.lookups, { get: () => () => undefined });
    const form = { ...registration('bob'), username: 'ann' };

    const lost = await registerUser({ ...deps, lookups }, form);

    expect(lost).toMatchObject({ refusals: [{ code: 'username-taken' }] });
    const rows = await vault.census.page('session', '', 10);
    expect(rows.filter(({ accountId }) => accountId === form.accountId)).toEqual([]);
  });

  test('F14 of ten times the same form are as many as were told of one', async () => {
    const { deps } = await open(kind);
    const form = registration('ann');

    const sent = Array.from({ length: 10 }, () => registerUser(deps, form));
    const answers = await Promise.all(sent);

    const told = answers.flatMap((answer) => (answer.ok ? [answer.issued.sessionId] : []));
    const alive = await seen(deps, form.accountId);
    expect(alive.map(({ sessionId }) => sessionId).toSorted()).toEqual(told.toSorted());
  });

  test('F24 that was told to try again is ended, even if its event stands in the end', async () => {
    let goOn: (() => void) | undefined;
    const slow = new Promise<void>((resolve) => (goOn = resolve));
    const { deps, vault, clock } = await open(kind, { wrapStore: before(() => slow) });
    const form = registration('ann');
    await expect(registerUser(deps, form)).rejects.toMatchObject({ code: 'try-again' });
    expect(await vault.sessions.list(form.accountId, clock.now)).toHaveLength(1);

    goOn?.();

    await expect
      .poll(() => vault.sessions.list(form.accountId, clock.now), { timeout: 5_000 })
      .toEqual([]);
    expect(await registerUser(deps, form)).toMatchObject({ ok: true });
    expect(await seen(deps, form.accountId)).toHaveLength(1);
  });
});
