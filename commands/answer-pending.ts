import { identityOf } from '../domain/account/account-methods.ts';
import { usable } from '../domain/account/usable-way-in.ts';
import type { Pending, PendingAnswer, RoundTripOwner } from '../vault/vault-round-trips.ts';
import type { Asking, SignedIn } from './asking.ts';
import type { Deps } from './deps.ts';
import type { Guarded } from './guard.ts';
import { keepTokens } from './keep-tokens.ts';
import { linkProvider } from './link-provider.ts';
import { moveIdentity } from './move-identity.ts';
import type { Outcome, Refused } from './outcome.ts';
import { accountHolding, livingOwner, type SignedInAnswer } from './sign-in.ts';
import { signInByIdentity } from './sign-in-by-identity.ts';

/** The row is gone, is somebody else's, or does not allow this answer. */
export interface PendingGone {
  readonly ok: false;
  readonly why: 'pending-gone';
}

const gone: PendingGone = { ok: false, why: 'pending-gone' };

/** The row behind the confirm page, if it is this browser's, session's and account's (H5). */
export async function readPending(
  deps: Deps,
  pendingId: string,
  owner: RoundTripOwner,
): Promise<Pending | undefined> {
  const pending = await deps.vault.roundTrips.pendings.find(pendingId, deps.clock());
  const same =
    pending?.browser === owner.browser &&
    pending.sessionId === owner.sessionId &&
    pending.accountId === owner.accountId;
  return same ? pending : undefined;
}

/**
 * Fixes the answer by one compare-and-swap: the same answer again goes on with the same command, another is refused.
 * Answers the row, or that there is none to answer.
 */
export async function fixAnswer(
  deps: Deps,
  pending: Pending,
  answer: PendingAnswer,
): Promise<Pending | PendingGone> {
  if (!pending.allowed.includes(answer)) return gone;
  const { pendings } = deps.vault.roundTrips;
  const fixed = await pendings.fix(pending.pendingId, answer, deps.clock());
  return fixed === 'first' || fixed === 'again' ? pending : gone;
}

/** Adds the identity to the account that asked, or takes it there from another account. Fresh proof is the caller's. */
export async function linkPending(
  deps: Deps,
  asking: SignedIn & Guarded,
  { pending, answer }: { readonly pending: Pending; readonly answer: 'link' | 'move' },
): Promise<Outcome | Refused | PendingGone> {
  const fixed = await fixAnswer(deps, pending, answer);
  if ('ok' in fixed) return fixed;
  if (answer === 'move') {
    const moved = await moveIdentity(deps, asking, fixed);
    if (moved) return moved;
  }
  const { provider, identityId, profile, tokens } = fixed;
  const linked = await linkProvider(deps, asking, { provider, profile, moved: answer === 'move' });
  const { accountId } = asking.session;
  if (linked.ok) await keepTokens(deps, { accountId, provider, identityId }, tokens);
  return linked;
}

/** Goes on into the account that owns the identity now, after the page said which one it is (H11). */
export async function continuePending(
  deps: Deps,
  asking: Asking,
  pending: Pending,
): Promise<SignedInAnswer | PendingGone> {
  const fixed = await fixAnswer(deps, pending, 'continue');
  if ('ok' in fixed) return fixed;
  const claim = { kind: 'identity', key: fixed.identityId } as const;
  const holder = await accountHolding(deps, claim);
  const account = holder && livingOwner(holder, claim);
  const method = account && identityOf(account, fixed.identityId);
  if (!method || holder.accountId !== fixed.holderId) return gone;
  if (!usable(method, deps.policy.configured)) return gone;
  const { accountId } = holder;
  await keepTokens(deps, { accountId, ...method }, fixed.tokens);
  return signInByIdentity(deps, { asking, holder, account, method });
}
