import type { Deps } from './deps.ts';
import { releaseClaims } from './release-claims.ts';
import type { Cause } from './write-stream.ts';

/** Erases what a deleted account left, driven from its `AccountDeleted` event. Idempotent at every step. */
export async function eraseFromVault(deps: Deps, accountId: string, cause: Cause): Promise<void> {
  const { account } = await deps.accounts.load(accountId);
  if (account.status !== 'deleted') throw new Error('only a deleted account is erased');
  const { vault } = deps;
  await releaseClaims(deps, account.owned, { accountId, cause, reason: 'deleted' });
  await vault.sessions.endAll(accountId);
  await vault.credentials.deleteAllOf(accountId);
  await vault.recoveries.deleteAllOf(accountId);
  await vault.activity.deleteAllOf(accountId);
  await vault.keys.erase(account.keyId, accountId);
  deps.accounts.forget(accountId);
}
