import { expect, onTestFinished, test, vi } from 'vitest';
import { driveOnce } from '../../commands/housekeeping.ts';
import { registered, startProcess } from '../support/installation.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

test('the erased list is applied until lookups that hold the whole log could name who came back', async () => {
  const { deps, vault, close } = await startProcess({ dir: temporaryDirectory() });
  onTestFinished(close);
  const { accountId } = (await registered(deps, 'ann')).session;
  // A log out of a backup, beside a vault and a list that know of the erasure.
  await vault.keys.eraseAllOf(accountId);
  await deps.erased.add(accountId, deps.clock());
  const log = (done: number) => ({
    condition: () => ({ position: 0n, stopped: null, behindMs: null, done, driven: true }),
  });
  const behind = vi.spyOn(deps.lookups, 'accountStatus').mockReturnValue(undefined);

  const first = await driveOnce({ deps, log: log(0.5) }, false);
  expect((await deps.accounts.load(accountId)).account.status).toBe('active');
  behind.mockRestore();
  const second = await driveOnce({ deps, log: log(1) }, first);

  expect((await deps.accounts.load(accountId)).account.status).toBe('deleted');
  expect([first, second]).toEqual([false, true]);
});
