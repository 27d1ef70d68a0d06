import { z } from 'zod';
import { unreachable } from '../result.ts';

const id = z.string().min(1).max(64);

/** The storage contract of `claim-{kind}-{key}`: who holds one e-mail, username or provider identity. */
export const claimEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Claimed'), accountId: id, attemptId: id }),
  z.object({
    type: z.literal('Released'),
    attemptId: id,
    reason: z.enum(['undone', 'replaced', 'unlinked', 'deleted', 'tidied']),
  }),
]);
export type ClaimEvent = Readonly<z.infer<typeof claimEvent>>;

/** Where the claim's stream stands; what the next append must expect. */
type ClaimRevision = 'none' | number;

export interface FreeClaim {
  readonly status: 'free';
  readonly revision: ClaimRevision;
}

/** Somebody wrote `Claimed` last. Whether the hold counts, only that account's stream says. */
export interface ClaimedClaim {
  readonly status: 'claimed';
  readonly accountId: string;
  readonly attemptId: string;
  /** When it was claimed, by the claimant's clock; good only for the lease. */
  readonly at: string;
  /** Of the stream's last event. */
  readonly revision: number;
}

export type Claim = FreeClaim | ClaimedClaim;

export interface ClaimFact {
  readonly event: ClaimEvent;
  readonly revision: number;
  readonly at: string;
}

/** One more fact of the stream. A release counts for its own attempt only. */
export function evolveClaim(claim: Claim, { event, revision, at }: ClaimFact): Claim {
  switch (event.type) {
    case 'Claimed':
      return {
        status: 'claimed',
        accountId: event.accountId,
        attemptId: event.attemptId,
        at,
        revision,
      };
    case 'Released':
      if (claim.status === 'claimed' && claim.attemptId !== event.attemptId) {
        return { ...claim, revision };
      }
      return { status: 'free', revision };
    default:
      return unreachable(event);
  }
}

/** The claim after these facts, in the order of their revisions. */
export const replayClaim = (facts: Iterable<ClaimFact>): Claim =>
  [...facts].reduce<Claim>(evolveClaim, { status: 'free', revision: 'none' });
