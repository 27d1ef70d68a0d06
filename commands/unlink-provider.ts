import { unlinkProvider as rule } from '../domain/account/unlink-provider.ts';
import type { IdentityRef } from '../domain/account/commands.ts';
import type { IssuedSession } from '../vault/vault.ts';
import { causeOf, type SignedIn } from './asking.ts';
import type { Deps } from './deps.ts';
import { execute } from './execute.ts';
import type { Refused } from './outcome.ts';
import { renewActingSession } from './renew-sessions.ts';
import { revokeGrants } from './revoke-grants.ts';

export interface Unlinked {
  readonly ok: true;
  /** The acting session's new token; undefined if that session was ended meanwhile. */
  readonly issued: IssuedSession | undefined;
}

/**
 * Takes an identity away as a way in, where another stays usable. Ends every other session of the account; its provider
 * is asked to forget its consent afterwards.
 * Refusals: `method-not-linked`, `last-way-in`, `session-ended`, `account-not-active`. Throws Unavailable, TryAgain.
 */
export async function unlinkProvider(
  deps: Deps,
  asking: SignedIn,
  identity: IdentityRef,
): Promise<Unlinked | Refused> {
  const cause = causeOf(deps, asking);
  const { configured } = deps.policy;
  const told = { at: cause.at.toISOString(), from: asking.from, reason: 'asked' as const };
  const outcome = await execute(deps, {
    accountId: asking.session.accountId,
    cause,
    session: asking.session,
    seen: asking.loaded,
    decide: (account) => rule({ ...told, ...identity, configured }, account),
  });
  if (!outcome.ok) return outcome;
  const issued = await renewActingSession(deps, asking.session, { revision: outcome.revision });
  // The answer does not wait for a provider.
  void revokeGrants(deps, asking.session.accountId, cause);
  return { ok: true, issued };
}
