import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { registerUser } from '../../commands/register-user.ts';
import { signIn } from '../../commands/sign-in.ts';
import { sweepVault } from '../../commands/sweep-vault.ts';
import { accountStream } from '../../domain/streams.ts';
import { Crash, CrashSwitch } from '../support/crash.ts';
import { asking, password, registration, startProcess } from '../support/installation.ts';
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

test('sweeping fences the attempt that left rows behind before it deletes them', async () => {
  const dir = temporaryDirectory();
  const form = registration('ann', randomUUID());
  // Steps: 1–4 the vault's two rows before and after, 5 the append.
  const { wrapStore, wrapVault } = new CrashSwitch(5);
  const dying = await startProcess({ dir, wrapStore, wrapVault });
  await expect(registerUser(dying.deps, form)).rejects.toThrow(Crash);
  await dying.close();

  const { deps, vault, store, clock, close } = await startProcess({ dir });
  const rows = await vault.unsettled(new Date(Date.now() + minutes(1)), 10);
  expect(rows.map(({ kind }) => kind).toSorted()).toEqual(['credential', 'key']);
  expect(await sweepVault(deps, 'sweep')).toBe(0); // too young to judge
  clock.now = new Date(clock.now.getTime() + minutes(11));
  expect(await sweepVault(deps, 'sweep')).toBe(2);
  const types: string[] = [];
  for await (const { type } of store.read(accountStream(form.accountId))) types.push(type);
  expect(types).toEqual(['AttemptFenced']);
  expect(await registerUser(deps, form)).toMatchObject({ ok: true, accountId: form.accountId });
  await close();
});
