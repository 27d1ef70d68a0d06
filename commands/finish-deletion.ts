import { finishDeletion as rule } from '../domain/account/finish-deletion.ts';
import type { FinishDeletion } from '../domain/account/commands.ts';
import { causeOf, type SignedIn } from './asking.ts';
import type { Deps } from './deps.ts';
import { eraseAccount } from './erase-account.ts';
import { execute } from './execute.ts';
import type { Outcome } from './outcome.ts';
import type { Cause } from './write-stream.ts';

/** So long an answer waits for the erasure, so that the receipt mostly tells of its end. */
const WAIT_MS = 1_000;

/**
 * Ends a closing account before its time, for its owner. The caller has asked for the name and a fresh proof (H7).
 * Refusals: `session-ended`, `account-not-closing`. Throws Unavailable, TryAgain.
 */
export function finishDeletion(deps: Deps, asking: SignedIn): Promise<Outcome> {
  const { session } = asking;
  const { accountId } = session;
  return endAccount(deps, { accountId, session, cause: causeOf(deps, asking), why: 'asked' });
}

export interface EndAccount {
  readonly accountId: string;
  readonly cause: Cause;
  readonly why: FinishDeletion['why'];
  /** Of the owner who asks. */
  readonly session?: SignedIn['session'];
}

/**
 * The event first, then the erasure, which goes on after the answer: once the event stands, whoever comes finishes it.
 * Refusals: `account-not-closing`, `deletion-not-due`, `session-ended`. Throws Unavailable, TryAgain.
 */
export async function endAccount(
  deps: Deps,
  { accountId, cause, why, session }: EndAccount,
): Promise<Outcome> {
  const outcome = await execute(deps, {
    accountId,
    cause,
    session,
    decide: (account) => rule({ at: cause.at.toISOString(), why }, account),
  });
  if (!outcome.ok) return outcome;
  const erasing = eraseAccount(deps, { accountId, requestId: cause.requestId }).catch(
    (error: unknown) => deps.report({ what: 'erasing', error }),
  );
  await Promise.race([erasing, deps.sleep(WAIT_MS)]);
  return outcome;
}
