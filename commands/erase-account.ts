import type { OwnedClaim } from '../domain/account/account.ts';
import type { LimitName } from '../vault/vault-limits.ts';
import type { Deps } from './deps.ts';
import { releaseClaims } from './release-claims.ts';
import { revokeGrants } from './revoke-grants.ts';
import type { Cause } from './write-stream.ts';

/**
 * Erases what a deleted account left, driven from its `AccountDeleted` event by whichever process comes first. Every step
 * may be done again, so a crash anywhere is finished at the next start. Answers whether nothing is left to be done: where
 * a reader kept the vault's file busy, or a claim could not be released, whoever comes next goes on.
 */
export function eraseAccount(deps: Deps, erasure: Erasure): Promise<boolean> {
  return deps.queues.run(`erasing ${erasure.accountId}`, () => erase(deps, erasure));
}

export interface Erasure {
  readonly accountId: string;
  readonly requestId: string;
  /** It was done before, and a backup brought things back. */
  readonly again?: boolean;
}

async function erase(
  deps: Deps,
  { accountId, requestId, again = false }: Erasure,
): Promise<boolean> {
  const { vault, erased } = deps;
  if (!again && (await erased.find(accountId))?.erasedAt) return true;
  const { account } = await deps.accounts.load(accountId);
  if (account.status !== 'deleted') throw new Error('only a deleted account is erased');
  const cause: Cause = { actor: 'system', requestId, at: deps.clock() };
  const { owned, keyId } = account;
  const released = await releaseClaims(deps, owned, { accountId, cause, reason: 'deleted' });
  await erased.add(accountId, new Date(account.deletedAt));
  // It takes the tokens that go next.
  await revokeGrants(deps, accountId, cause);
  const budgets = budgetsOf(accountId, owned);
  await vault.forget(accountId, budgets);
  await vault.keys.eraseAllOf(accountId, keyId);
  // What a request under way wrote in between; from here on nothing can be sealed for this account.
  await vault.forget(accountId, budgets);
  deps.accounts.forget(accountId);
  const overwritten = (await vault.keys.finishErasures()) === 0;
  if (!released || !overwritten) return false;
  await erased.finish(accountId, deps.clock());
  return true;
}

/** The budgets that can be named by the account; those of addresses are nobody's, and pass by themselves. */
const budgetsOf = (accountId: string, owned: readonly OwnedClaim[]) => [
  { name: 'reauth-account', key: accountId } as const,
  ...owned.flatMap(({ key }) => signInBudgets.map((name) => ({ name, key }))),
];

const signInBudgets: readonly LimitName[] = ['sign-in-account', 'sign-in-account-known'];
