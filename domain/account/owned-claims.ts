import type { Account, OwnedClaim } from './account.ts';
import { evolve } from './evolve.ts';
import type { AccountEvent } from './events.ts';
import { livingClaims } from './living-claims.ts';
import { isLiving } from './is-living.ts';

/** The claims the account owns now, each with the attempt that took it. A deleted account owns nothing. */
export function ownedClaims(account: Account): readonly OwnedClaim[] {
  return isLiving(account) ? livingClaims(account) : [];
}

/** The claims these events take beyond what the account owned: an unchanged key claims nothing. */
export function newClaims(before: Account, events: readonly AccountEvent[]): readonly OwnedClaim[] {
  const next = after(before, events);
  return holdsTheSame(before, next) ? [] : missingFrom(ownedClaims(before), ownedClaims(next));
}

/** The owned claims these events give up, to be released by the attempt that took each. */
export function releasedClaims(
  before: Account,
  events: readonly AccountEvent[],
): readonly OwnedClaim[] {
  const next = after(before, events);
  return holdsTheSame(before, next) ? [] : missingFrom(ownedClaims(next), ownedClaims(before));
}

/** What an account's stream says of one attempt. */
export type AttemptFate = 'committed' | 'fenced' | 'none';

/**
 * The fate of an attempt after an event that carries it. Committed is for ever, whatever else stands there: only
 * the account stream makes anything true. Fenced: somebody takes its claims over, so it must never commit.
 */
export const fateAfter = (fate: AttemptFate, { type }: AccountEvent): AttemptFate =>
  fate === 'committed' || type !== 'AttemptFenced' ? 'committed' : 'fenced';

/** What these events, all of a stream, say of the attempt. */
export const attemptFate = (events: readonly AccountEvent[], attemptId: string): AttemptFate =>
  events
    .filter((event) => 'attemptId' in event && event.attemptId === attemptId)
    .reduce<AttemptFate>(fateAfter, 'none');

/** Claims depend on neither revision nor time, so undecided events can be folded without them. */
const after = (before: Account, events: readonly AccountEvent[]): Account =>
  events.reduce((account, event) => evolve(account, { event, revision: 0, at: '' }), before);

/** What an event does not touch is the same object after it: most events move no claim, and that is seen at once. */
const holdsTheSame = (before: Account, next: Account): boolean =>
  isLiving(before) &&
  isLiving(next) &&
  before.email === next.email &&
  before.username === next.username &&
  before.methods === next.methods;

const missingFrom = (held: readonly OwnedClaim[], wanted: readonly OwnedClaim[]) =>
  wanted.filter((claim) => !held.some((other) => sameClaim(claim, other)));

const sameClaim = (one: OwnedClaim, other: OwnedClaim) =>
  one.kind === other.kind && one.key === other.key && one.attemptId === other.attemptId;
