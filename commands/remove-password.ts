import { passwordOf } from '../domain/account/account-methods.ts';
import { removePassword as rule } from '../domain/account/remove-password.ts';
import { causeOf, type SignedIn } from './asking.ts';
import type { PasswordChanged } from './change-password.ts';
import type { Deps } from './deps.ts';
import { execute } from './execute.ts';
import type { Guarded } from './guard.ts';
import type { Limited, Refused, WrongProof } from './outcome.ts';
import { dropCredential, renewActingSession } from './renew-sessions.ts';
import { verifyPassword } from './verify-password.ts';

/**
 * Removes the password where another way in is usable, with the password as proof. Ends every other session.
 * Refusals: `password-not-set`, `last-way-in`, `session-ended`, `account-not-active`.
 */
export async function removePassword(
  deps: Deps,
  asking: SignedIn & Guarded,
  current: string,
): Promise<PasswordChanged | Refused | Limited | WrongProof> {
  const proved = await verifyPassword(deps, asking, current);
  if (!proved.ok) return proved;
  const { session, from } = asking;
  const cause = causeOf(deps, asking);
  const at = cause.at.toISOString();
  const outcome = await execute(deps, {
    accountId: session.accountId,
    cause,
    session,
    decide: (account) => rule({ at, from, configured: deps.policy.configured }, account),
  });
  if (!outcome.ok) return outcome;
  const issued = await renewActingSession(deps, session, {
    revision: outcome.revision,
    proof: proved.proof,
  });
  await dropCredential(deps, passwordOf(asking.account));
  return { ok: true, issued };
}
