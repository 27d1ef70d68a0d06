import { deleteAccount as rule } from '../domain/account/delete-account.ts';
import { finishDeletion as finishRule } from '../domain/account/finish-deletion.ts';
import { causeOf, type SignedIn } from './asking.ts';
import type { Deps } from './deps.ts';
import { eraseFromVault } from './erase-from-vault.ts';
import { execute } from './execute.ts';
import type { Outcome } from './outcome.ts';
import type { Cause } from './write-stream.ts';

const DAY_MS = 86_400_000;

/**
 * Asks for the end of the account after the grace period. The event ends every session; their rows go too.
 * Refusals: `session-ended`, `account-not-active`. Throws Unavailable, TryAgain.
 */
export async function deleteAccount(deps: Deps, asking: SignedIn): Promise<Outcome> {
  const cause = causeOf(deps, asking);
  const { session } = asking;
  const { accountId } = session;
  const eraseAt = new Date(cause.at.getTime() + deps.policy.deleteGraceDays * DAY_MS).toISOString();
  const outcome = await execute(deps, {
    accountId,
    cause,
    session,
    decide: (account) => rule({ at: cause.at.toISOString(), from: asking.from, eraseAt }, account),
  });
  if (!outcome.ok) return outcome;
  await deps.vault.sessions.endAll(accountId);
  await deps.vault.recoveries.deleteAllOf(accountId);
  return outcome;
}

/**
 * Ends a closing account for ever: the event first, then the claims, then everything in the vault. Every step may be
 * done again, so a crash anywhere is finished by whoever comes first.
 * Refusals: `account-not-closing`. Throws Unavailable, TryAgain.
 */
export async function finishDeletion(
  deps: Deps,
  accountId: string,
  cause: Cause,
): Promise<Outcome> {
  const outcome = await execute(deps, {
    accountId,
    cause,
    decide: (account) => finishRule({ at: cause.at.toISOString() }, account),
  });
  if (outcome.ok) await eraseFromVault(deps, accountId, cause);
  return outcome;
}
