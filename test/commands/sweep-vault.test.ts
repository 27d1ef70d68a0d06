import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Asking } from '../../commands/asking.ts';
import { changePassword } from '../../commands/change-password.ts';
import type { Deps } from '../../commands/deps.ts';
import { guard, type Guarded } from '../../commands/guard.ts';
import { sweepOnce } from '../../commands/housekeeping.ts';
import { linkProvider } from '../../commands/link-provider.ts';
import { registerUser } from '../../commands/register-user.ts';
import { removePassword } from '../../commands/remove-password.ts';
import { signIn } from '../../commands/sign-in.ts';
import { sweepVault } from '../../commands/sweep-vault.ts';
import { passwordOf } from '../../domain/account/account-methods.ts';
import { accountStream } from '../../domain/streams.ts';
import { Crash, CrashSwitch } from '../support/crash.ts';
import {
  asking,
  password,
  registered,
  registration,
  startProcess,
} from '../support/installation.ts';
import { withMethod } from '../support/with-method.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const minutes = (count: number) => count * 60_000;

test('sweeping keeps what an event names', async () => {
  const { deps, vault, clock, close } = await startProcess({ dir: temporaryDirectory() });
  await registerUser(deps, registration('ann'));
  clock.now = new Date(clock.now.getTime() + minutes(11));
  expect(await sweepVault(deps, 'sweep')).toBe(0);
  expect(await vault.unsettled(clock.now, 10)).toEqual([]);
  expect(await signIn(deps, { ...asking, identifier: 'ann', password })).toMatchObject({
    ok: true,
  });
  await close();
});

test('sweeping goes on until nothing is left, however many registered since the last time', async () => {
  const { deps, vault, clock, close } = await startProcess({ dir: temporaryDirectory() });
  const many = Array.from({ length: 101 }, (_, index) => registration(`person${index}`));
  await Promise.all(many.map((form) => registerUser(deps, form)));
  clock.now = new Date(clock.now.getTime() + minutes(11));
  expect(await vault.unsettled(clock.now, 1_000)).toHaveLength(202);

  expect(await sweepVault(deps, 'sweep')).toBe(0);

  expect(await vault.unsettled(clock.now, 1_000)).toEqual([]);
  await close();
});

test('sweeping fences the attempt that left rows behind before it deletes them', async () => {
  const dir = temporaryDirectory();
  const form = registration('ann', randomUUID());
  // Steps: 1 and 2 the vault's rows before and after, 3 the append.
  const { wrapStore, wrapVault } = new CrashSwitch(3);
  const dying = await startProcess({ dir, wrapStore, wrapVault });
  await expect(registerUser(dying.deps, form)).rejects.toThrow(Crash);
  await dying.close();

  const { deps, vault, store, clock, close } = await startProcess({ dir });
  const rows = await vault.unsettled(new Date(Date.now() + minutes(1)), 10);
  expect(rows.map(({ kind }) => kind).toSorted()).toEqual(['credential', 'key']);
  expect(await vault.census.page('session', '', 10)).toHaveLength(1);
  expect(await sweepVault(deps, 'sweep')).toBe(0); // too young to judge
  clock.now = new Date(clock.now.getTime() + minutes(11));
  expect(await sweepVault(deps, 'sweep')).toBe(2);
  const types: string[] = [];
  for await (const { type } of store.read(accountStream(form.accountId))) types.push(type);
  expect(types).toEqual(['AttemptFenced']);
  expect(await vault.census.page('session', '', 10)).toEqual([]);
  // The event comes after the fence, and the session that was prepared for it is good all the same.
  const answer = await registerUser(deps, form);
  expect(answer.ok && (await guard(deps, answer.issued.token))).toMatchObject({
    account: { status: 'active' },
  });
  await close();
});

describe('F2: a replaced password whose row a crash left', () => {
  /** Ann changes or removes her password, and the process ends after the event and before the row goes. */
  async function crashed(change: typeof changed) {
    const dir = temporaryDirectory();
    const opened = await startProcess({ dir });
    onTestFinished(opened.close);
    const ann = await registered(opened.deps, 'ann');
    const { clock, vault } = opened;
    clock.now = new Date(clock.now.getTime() + minutes(11));
    await sweepVault(opened.deps, 'sweep');
    const old = passwordOf(ann.account)?.credentialId ?? '';
    const dies = () => Promise.reject(new Crash());
    const credentials = withMethod(vault.credentials, 'delete', dies);
    const dying = { ...opened.deps, vault: { ...vault, credentials } };
    await expect(change(dying, ann)).rejects.toThrow(Crash);
    expect(await vault.credentials.get(old)).toBeDefined();
    return { ...opened, ann, old };
  }
  const changed = (deps: Deps, ann: Asking & Guarded): Promise<unknown> =>
    changePassword(deps, ann, { current: password, next: 'another harbour lantern' });
  const removed = (deps: Deps, ann: Asking & Guarded): Promise<unknown> =>
    removePassword({ ...deps, policy: { ...deps.policy, configured: ['github'] } }, ann, password);

  test('is deleted by the sweep, and the new one is kept', async () => {
    const { deps, vault, old } = await crashed(changed);

    expect(await sweepVault(deps, 'sweep')).toBe(1);

    expect(await vault.credentials.get(old)).toBeUndefined();
    const again = { ...asking, identifier: 'ann', password: 'another harbour lantern' };
    expect(await signIn(deps, again)).toMatchObject({ ok: true });
    expect(await sweepVault(deps, 'sweep')).toBe(0);
  });

  test('is deleted where the account has no password any more', async () => {
    const { deps, vault, old } = await crashed(async (dying, ann) => {
      const identity = { issuer: 'https://github.com', subject: '1' };
      await linkProvider(dying, ann, { provider: 'github', profile: identity });
      return removed(dying, ann);
    });

    expect(await sweepVault(deps, 'sweep')).toBe(1);

    expect(await vault.credentials.get(old)).toBeUndefined();
  });

  test('nothing is deleted of an account whose stream is not there', async () => {
    const { deps, vault } = await startProcess({ dir: temporaryDirectory() });
    await vault.keys.mint({ keyId: 'k', accountId: 'lost', attemptId: 'a' });
    const hash = { hash: 'h', prehashKeyId: 'p', keyId: 'k', attemptId: 'a' };
    await vault.credentials.put({ credentialId: 'c', accountId: 'lost', ...hash });
    await vault.settle([
      { kind: 'credential', id: 'c', accountId: 'lost', attemptId: 'a' },
      { kind: 'key', id: 'k', accountId: 'lost', attemptId: 'a' },
    ]);

    expect(await sweepVault(deps, 'sweep')).toBe(0);
  });
});

test('while a log cannot be written, as one that was found damaged, a round throws nothing away', async () => {
  const { deps, vault, clock, close } = await startProcess({ dir: temporaryDirectory() });
  const { account, session } = await registered(deps, 'ann');
  const { keyId } = account;
  const left = { credentialId: 'left', accountId: session.accountId, attemptId: 'left', keyId };
  await vault.credentials.put({ ...left, hash: 'h', prehashKeyId: 'p' });
  clock.now = new Date(clock.now.getTime() + minutes(11));
  const saving = (possible: boolean) => ({
    saving: () =>
      Promise.resolve(
        possible ? { possible } : { possible, reason: 'log-damaged', message: 'damaged' },
      ),
  });

  await sweepOnce({ deps, log: saving(false) });
  expect(await vault.credentials.get('left')).toBeDefined();
  await sweepOnce({ deps, log: saving(true) });
  expect(await vault.credentials.get('left')).toBeUndefined();
  await close();
});
