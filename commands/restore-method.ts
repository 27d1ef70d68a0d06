import { restoreMethod as rule } from '../domain/account/restore-method.ts';
import type { IdentityRef } from '../domain/account/commands.ts';
import { causeOf, type SignedIn } from './asking.ts';
import type { Deps } from './deps.ts';
import { execute } from './execute.ts';
import type { Outcome } from './outcome.ts';

/**
 * Opens a way in again that a recovery had suspended. The caller has made sure of a fresh proof.
 * Refusals: `method-not-linked`, `method-not-suspended`, `suspended-by-provider`, `session-ended`.
 */
export async function restoreMethod(
  deps: Deps,
  asking: SignedIn,
  identity: IdentityRef,
): Promise<Outcome> {
  const cause = causeOf(deps, asking);
  const told = { at: cause.at.toISOString(), from: asking.from, proved: false };
  return execute(deps, {
    accountId: asking.session.accountId,
    cause,
    session: asking.session,
    decide: (account) => rule({ ...told, ...identity }, account),
  });
}
