import type { Account, OwnedClaim } from './account.ts';
import { evolve } from './evolve.ts';
import type { AccountEvent } from './events.ts';
import { livingClaims } from './living-claims.ts';

/** The claims the account owns now, each with the attempt that took it. A deleted account owns nothing. */
export function ownedClaims(account: Account): readonly OwnedClaim[] {
  return account.status === 'active' || account.status === 'closing' ? livingClaims(account) : [];
}

/** The claims these events take beyond what the account owned: an unchanged key claims nothing. */
export function newClaims(before: Account, events: readonly AccountEvent[]): readonly OwnedClaim[] {
  return missingFrom(ownedClaims(before), ownedClaims(after(before, events)));
}

/** The owned claims these events give up, to be released by the attempt that took each. */
export function releasedClaims(
  before: Account,
  events: readonly AccountEvent[],
): readonly OwnedClaim[] {
  return missingFrom(ownedClaims(after(before, events)), ownedClaims(before));
}

/** What an account's stream says of one attempt. */
export type AttemptFate = 'committed' | 'fenced' | 'none';

/**
 * Committed once an event carries the attempt, whatever else stands there: only the account stream makes
 * anything true. Fenced when somebody took its claim over first; such an attempt must never commit.
 */
export function attemptFate(events: readonly AccountEvent[], attemptId: string): AttemptFate {
  const bearers = events.filter((event) => 'attemptId' in event && event.attemptId === attemptId);
  if (bearers.length === 0) return 'none';
  return bearers.every(({ type }) => type === 'AttemptFenced') ? 'fenced' : 'committed';
}

/** Claims depend on neither revision nor time, so undecided events can be folded without them. */
const after = (before: Account, events: readonly AccountEvent[]): Account =>
  events.reduce((account, event) => evolve(account, { event, revision: 0, at: '' }), before);

const missingFrom = (held: readonly OwnedClaim[], wanted: readonly OwnedClaim[]) =>
  wanted.filter((claim) => !held.some((other) => sameClaim(claim, other)));

const sameClaim = (one: OwnedClaim, other: OwnedClaim) =>
  one.kind === other.kind && one.key === other.key && one.attemptId === other.attemptId;
