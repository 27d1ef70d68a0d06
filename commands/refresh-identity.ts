import { identityOf } from '../domain/account/account-methods.ts';
import type { IdentityRef } from '../domain/account/commands.ts';
import type { IdentityProfile } from '../domain/account/events.ts';
import { refreshIdentity as rule } from '../domain/account/refresh-identity.ts';
import { askProvider, UNAUTHORIZED } from './ask-provider.ts';
import { causeOf, type SignedIn } from './asking.ts';
import type { Deps } from './deps.ts';
import { execute } from './execute.ts';
import type { NoTokens } from './fresh-tokens.ts';
import { refused, type Done, type Refused } from './outcome.ts';
import { isProviderFault } from './round-trip.ts';
import { isLiving } from '../domain/account/is-living.ts';

/** The provider fails just now. */
export interface ProviderFails {
  readonly ok: false;
  readonly why: Exclude<NoTokens['why'], 'reconnect'>;
}

/**
 * Reads again what the provider says of one of the account's identities: handle, name, e-mail. Adds nothing where it
 * says the same as before. Refusals: `reconnect`, `method-not-linked`, `session-ended`, `account-not-active`.
 */
export async function refreshIdentity(
  deps: Deps,
  asking: SignedIn,
  identity: IdentityRef,
): Promise<Done | Refused | ProviderFails> {
  const { session, from } = asking;
  const { accountId } = session;
  const known = await knownProfile(deps, accountId, identity);
  if (!known) return refused({ code: 'method-not-linked' });
  const said = await askProvider(deps, { accountId, ...identity }, (provider, tokens) =>
    provider.whoIs(tokens, known.subject).catch(unauthorized),
  );
  if (!said.ok) {
    const { why } = said;
    return why === 'reconnect' ? refused({ code: why }) : { ok: false, why };
  }
  const cause = causeOf(deps, asking);
  const profile = stillVerified(known, said.value);
  return execute(deps, {
    accountId,
    cause,
    session,
    opened: true,
    decide: (account) => rule({ at: cause.at.toISOString(), from, ...identity, profile }, account),
  });
}

async function knownProfile(
  deps: Deps,
  accountId: string,
  { identityId }: IdentityRef,
): Promise<IdentityProfile | undefined> {
  const { account } = await deps.accounts.loadOpened(accountId);
  const living = isLiving(account);
  const profile = living ? identityOf(account, identityId)?.profile : undefined;
  return typeof profile === 'string' ? undefined : profile;
}

function unauthorized(error: unknown): typeof UNAUTHORIZED {
  if (isProviderFault(error) && error.code === 'provider-rejected') return UNAUTHORIZED;
  throw error;
}

/** Some providers prove an e-mail only in an id token: one that they proved then and still say stays proved. */
const stillVerified = (known: IdentityProfile, said: IdentityProfile): IdentityProfile =>
  said.email !== undefined && said.email === known.email && known.emailVerified
    ? { ...said, emailVerified: true }
    : said;
