import { expect, test } from 'vitest';
import { openTestVault } from './open-test-vault.ts';

test('the vault remembers the newest head of the log it was told, also after a restart', async () => {
  const { vault, path } = await openTestVault();
  expect(await vault.logHeads.get()).toBeUndefined();
  const head = { logId: 'log-1', stream: 'account-ann', revision: 4, chain: 'c4' };

  await vault.logHeads.put({ ...head, revision: 3, chain: 'c3' });
  await vault.logHeads.put(head);
  await vault.close();

  const { vault: again } = await openTestVault({ path });
  expect(await again.logHeads.get()).toEqual(head);
});
