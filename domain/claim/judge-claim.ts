import type { AttemptFate } from '../account/owned-claims.ts';
import type { ClaimedClaim } from './claim.ts';

/** How long a claim may stay unexplained before others may fence its attempt. */
export const claimLeaseMs = 60_000;

/** What the account named in a claim says of it. */
export interface Holder {
  readonly ownsKey: boolean;
  readonly fate: AttemptFate;
  readonly deleted: boolean;
}

/**
 * - `held`: taken; by the contender's own account: nothing to do.
 * - `stale`, `dead`: the contender takes over.
 * - `in-flight`: the contender backs off.
 * - `undecided`: the contender first appends `AttemptFenced` to the holder at the revision just read, then takes over.
 */
export type ClaimVerdict = 'held' | 'stale' | 'dead' | 'in-flight' | 'undecided';

export interface Contender {
  readonly accountId: string;
  /** ISO 8601. A wrong clock costs a wait or a retry, never a second owner. */
  readonly now: string;
}

/** The table of design.md 4, row by row. */
export function judgeClaim(
  claim: ClaimedClaim,
  holder: Holder,
  contender: Contender,
): ClaimVerdict {
  if (holder.ownsKey) return 'held';
  if (holder.deleted || holder.fate === 'committed') return 'stale';
  if (holder.fate === 'fenced') return 'dead';
  if (claim.accountId === contender.accountId) return 'undecided';
  return underLease(claim.at, contender.now) ? 'in-flight' : 'undecided';
}

/** A claim from the future (a clock set back) is under lease no longer than one made now; an unreadable time never is. */
const underLease = (at: string, now: string): boolean =>
  Math.abs(Date.parse(now) - Date.parse(at)) < claimLeaseMs;
