import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { changePassword } from '../../commands/change-password.ts';
import { cancelDeletion, deleteAccount } from '../../commands/delete-account.ts';
import { signIn } from '../../commands/sign-in.ts';
import { VaultFault } from '../../vault/vault-fault.ts';
import { asGuarded, asking, password, registered, startProcess } from '../support/installation.ts';
import { nextPassword } from '../support/stored-account.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** Ann, and a vault that goes away the next time that sessions are to be ended: after the event. */
async function annAndAWayward() {
  const { deps, vault, close } = await startProcess({ dir: temporaryDirectory() });
  onTestFinished(close);
  const ann = await registered(deps, 'ann');
  const goesAway = (work: 'endAll' | 'reissueAlone' = 'endAll') =>
    vi
      .spyOn(vault.sessions, work)
      .mockRejectedValueOnce(new VaultFault('unavailable', 'the disk is full'));
  const lastEvent = async () =>
    (await deps.accounts.history(ann.session.accountId)).at(-1)?.event.type;
  return { deps, ann, goesAway, lastEvent };
}
const unsure = { code: 'try-again' };

describe('a vault that goes away after the event never has it said that nothing was changed', () => {
  test('of a deletion that was asked for, and of one that was called off', async () => {
    const { deps, ann, goesAway, lastEvent } = await annAndAWayward();
    goesAway();
    await expect(deleteAccount(deps, ann)).rejects.toMatchObject(unsure);
    expect(await lastEvent()).toBe('DeletionRequested');

    const again = await signIn(deps, { ...asking, identifier: 'ann', password });
    if (!again.ok) throw new Error('ann cannot sign in');
    const closing = await asGuarded(deps, again.issued.token);
    goesAway();
    await expect(cancelDeletion(deps, closing)).rejects.toMatchObject(unsure);
    expect(await lastEvent()).toBe('DeletionCancelled');
  });

  test('of a changed password', async () => {
    const { deps, ann, goesAway, lastEvent } = await annAndAWayward();
    goesAway('reissueAlone');
    const wish = { current: password, next: nextPassword };
    await expect(changePassword(deps, ann, wish)).rejects.toMatchObject(unsure);
    expect(await lastEvent()).toBe('PasswordSet');
  });
});
