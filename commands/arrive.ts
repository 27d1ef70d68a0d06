import { randomUUID } from 'node:crypto';
import type { IdentityMethod, LivingAccount } from '../domain/account/account.ts';
import { identityOf } from '../domain/account/account-methods.ts';
import { usable } from '../domain/account/usable-way-in.ts';
import { identityValue } from '../domain/identity.ts';
import type { Pending, PendingAnswer } from '../vault/vault-round-trips.ts';
import type { Asking, SignedIn } from './asking.ts';
import type { Deps } from './deps.ts';
import type { Guarded } from './guard.ts';
import { keepTokens } from './keep-tokens.ts';
import type { LoadedAccount } from './load-account.ts';
import { reauthenticateByIdentity } from './reauthenticate-by-identity.ts';
import { recordFailedTrip } from './record-failed-trip.ts';
import type { Returned } from './return-from-provider.ts';
import { accountHolding, livingOwner, type SignedInAnswer } from './sign-in.ts';
import { signInByIdentity } from './sign-in-by-identity.ts';
import { maySignUp } from './sign-up-policy.ts';

/** What a proved identity led to. */
export type Arrived =
  | ({ readonly to: 'signed-in' } & SignedInAnswer)
  | { readonly to: 'confirm'; readonly pendingId: string }
  | { readonly to: 'reauthenticated'; readonly token: string }
  | { readonly to: 'linked-already' }
  | { readonly to: 'refused'; readonly why: ArrivalRefusal };

export type ArrivalRefusal =
  'sign-up-closed' | 'form-only' | 'way-in-suspended' | 'reauth-other-identity' | 'reauth-too-weak';

/** For thirty days after a move, a browser that never signed in to the account stops and says which it opens (H11). */
const MOVED_MS = 30 * 86_400_000;

/**
 * What comes of a round trip that is proved: a known identity signs in; an unknown one waits for a yes, and nothing is
 * made before that; a link or a move waits for a yes with both faces shown (G11); a re-authentication counts for the
 * session that left.
 */
export async function arrive(
  deps: Deps,
  returned: Returned,
  asking: Asking & { readonly signedIn: (SignedIn & Guarded) | undefined },
): Promise<Arrived> {
  const identityId = deps.keyOf('identity', identityValue(returned.proved.profile));
  const claim = { kind: 'identity', key: identityId } as const;
  const holder = await accountHolding(deps, claim);
  const account = holder && livingOwner(holder, claim);
  const found = holder && account ? { holder, account } : undefined;
  const { signedIn } = asking;
  const arrival = { returned, identityId, asking, found };
  switch (returned.handshake.intent) {
    case 'continue':
      return continueAs(deps, arrival);
    case 'link':
      return signedIn ? linkTo(deps, arrival, signedIn) : refusedFor('reauth-other-identity');
    case 'reauth':
      return signedIn
        ? reauthenticateByIdentity(deps, { returned, identityId, signedIn })
        : refusedFor('reauth-other-identity');
    case 'test':
      throw new Error('a test sign-in leads nowhere');
  }
}

interface Arrival {
  readonly returned: Returned;
  readonly identityId: string;
  readonly asking: Asking;
  readonly found: { readonly holder: LoadedAccount; readonly account: LivingAccount } | undefined;
}

const refusedFor = (why: ArrivalRefusal): Arrived => ({ to: 'refused', why });

async function continueAs(deps: Deps, arrival: Arrival): Promise<Arrived> {
  const { returned, identityId, asking, found } = arrival;
  if (!found) {
    const via = returned.handshake.provider;
    const { provedEmail, profile } = returned.proved;
    if (maySignUp(deps.policy, { via, provedEmail, email: profile.email ?? null })) {
      return confirm(deps, arrival, { allowed: ['create', 'cancel'] });
    }
    return refusedFor(deps.policy.signUp === 'closed' ? 'sign-up-closed' : 'form-only');
  }
  const { holder, account } = found;
  const method = identityOf(account, identityId);
  const { accountId } = holder;
  if (!method || !usable(method, deps.policy.configured)) {
    recordFailedTrip(deps, { accountId, method: method ? refOf(method) : null, from: asking.from });
    return refusedFor('way-in-suspended');
  }
  if (movedLately(deps, method) && !asking.knows(holder.accountId)) {
    return confirm(deps, arrival, { allowed: ['continue', 'cancel'], holderId: holder.accountId });
  }
  await keepTokens(deps, { accountId, ...method }, returned.proved.tokens);
  const signedIn = await signInByIdentity(deps, { asking, holder, account, method });
  return { to: 'signed-in', ...signedIn };
}

const refOf = ({ provider, identityId }: IdentityMethod) =>
  ({ kind: 'identity', provider, identityId }) as const;

const movedLately = ({ clock }: Deps, { movedAt }: IdentityMethod): boolean =>
  movedAt !== null && clock().getTime() - Date.parse(movedAt) < MOVED_MS;

async function linkTo(deps: Deps, arrival: Arrival, { session }: SignedIn): Promise<Arrived> {
  const { found, identityId, returned } = arrival;
  if (!found) return confirm(deps, arrival, { allowed: ['link', 'cancel'] });
  const { holder, account } = found;
  if (holder.accountId !== session.accountId) {
    return confirm(deps, arrival, { allowed: ['move', 'cancel'], holderId: holder.accountId });
  }
  const method = identityOf(account, identityId);
  if (method?.suspended !== null) return confirm(deps, arrival, { allowed: ['link', 'cancel'] });
  await keepTokens(deps, { accountId: session.accountId, ...method }, returned.proved.tokens);
  return { to: 'linked-already' };
}

/** The one-time row behind the confirm page: identity, owner and what may be answered are fixed here (H5). */
async function confirm(
  deps: Deps,
  { returned, identityId }: Arrival,
  row: { readonly allowed: readonly PendingAnswer[]; readonly holderId?: string },
): Promise<Arrived> {
  const { handshake, proved } = returned;
  const { browser, sessionId, accountId, provider, redirectTo } = handshake;
  const pending: Pending = {
    pendingId: randomUUID(),
    browser,
    sessionId,
    accountId,
    provider,
    identityId,
    profile: proved.profile,
    provedEmail: proved.provedEmail,
    holderId: row.holderId ?? null,
    allowed: row.allowed,
    tokens: proved.tokens,
    redirectTo,
    madeAt: deps.clock(),
  };
  await deps.vault.roundTrips.pendings.make(pending);
  return { to: 'confirm', pendingId: pending.pendingId };
}
