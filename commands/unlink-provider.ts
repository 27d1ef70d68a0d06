import { unlinkProvider as rule } from '../domain/account/unlink-provider.ts';
import type { IdentityRef } from '../domain/account/commands.ts';
import type { TokenOwner } from '../vault/vault-tokens.ts';
import type { IssuedSession } from '../vault/vault.ts';
import { afterTheEvent } from './after-the-event.ts';
import { causeOf, type SignedIn } from './asking.ts';
import type { Deps } from './deps.ts';
import { execute } from './execute.ts';
import type { Done, Refused } from './outcome.ts';
import { renewActingSession } from './renew-sessions.ts';
import { nothingToTakeBack, revokeGrants } from './revoke-grants.ts';

export interface Unlinked {
  readonly ok: true;
  /** The acting session's new token; undefined if that session was ended meanwhile. */
  readonly issued: IssuedSession | undefined;
}

/**
 * Takes an identity away as a way in, where another stays usable. Ends every other session of the account; its provider
 * is asked to forget its consent afterwards. Where nobody can be asked, that is noted with the event itself.
 * Refusals: `method-not-linked`, `last-way-in`, `session-ended`, `account-not-active`. Throws Unavailable, TryAgain.
 */
export async function unlinkProvider(
  deps: Deps,
  asking: SignedIn,
  identity: IdentityRef,
): Promise<Unlinked | Refused> {
  const cause = causeOf(deps, asking);
  const { session, from } = asking;
  const { accountId } = session;
  const owner = { accountId, ...identity };
  const grant = (await nothingToTakeBack(deps, owner)) ? ('unsupported' as const) : undefined;
  const { configured } = deps.policy;
  const told = { at: cause.at.toISOString(), from, reason: 'asked' as const, configured, grant };
  const outcome = await execute(deps, {
    accountId,
    cause,
    session,
    seen: asking.loaded,
    decide: (account) => rule({ ...told, ...identity }, account),
  });
  if (!outcome.ok) return outcome;
  const { revision } = outcome;
  const [issued] = await Promise.all([
    renewActingSession(deps, session, { revision }),
    grant && dropTokens(deps, owner),
  ]);
  // The answer does not wait for a provider.
  if (!grant || wasDueBefore(outcome)) void revokeGrants(deps, accountId, cause);
  return { ok: true, issued };
}

/** Tokens that came between the look for them and the event: their own keeper may have looked before the event too. */
const dropTokens = ({ vault }: Deps, owner: TokenOwner): Promise<void> =>
  afterTheEvent(() => vault.tokens.delete(owner));

/** Consents of earlier disconnects that a crash left to be taken back. */
const wasDueBefore = ({ before: { account } }: Done): boolean =>
  account.status === 'active' && account.grantsDue.length > 0;
