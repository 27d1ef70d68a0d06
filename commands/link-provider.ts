import { linkProvider as rule } from '../domain/account/link-provider.ts';
import type { IdentityProfile, ProviderName } from '../domain/account/events.ts';
import { identityValue } from '../domain/identity.ts';
import { causeOf, type SignedIn } from './asking.ts';
import type { Deps } from './deps.ts';
import { execute } from './execute.ts';
import type { Outcome } from './outcome.ts';

export interface ProvedIdentity {
  readonly provider: ProviderName;
  /** As the provider just told it; issuer and subject make the identity. */
  readonly profile: IdentityProfile;
  /** It was just taken from another account of the same person. */
  readonly moved?: boolean;
}

/**
 * Adds an identity that a round trip just proved as a way in. The caller has made sure of a fresh proof.
 * Refusals: `identity-taken`, `session-ended`, `account-not-active`. Throws Unavailable, TryAgain.
 */
export async function linkProvider(
  deps: Deps,
  asking: SignedIn,
  { provider, profile, moved }: ProvedIdentity,
): Promise<Outcome> {
  const cause = causeOf(deps, asking);
  const identityId = deps.keyOf('identity', identityValue(profile));
  const told = {
    at: cause.at.toISOString(),
    from: asking.from,
    provider,
    identityId,
    profile,
    moved: moved ? (true as const) : undefined,
  };
  return execute(deps, {
    accountId: asking.session.accountId,
    cause,
    session: asking.session,
    seen: asking.loaded,
    decide: (account, attemptId) => rule({ ...told, attemptId }, account),
  });
}
