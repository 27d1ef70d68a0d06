import type { OwnedClaim } from '../domain/account/account.ts';
import { newClaims, releasedClaims } from '../domain/account/owned-claims.ts';
import { takenRefusal } from '../domain/account/refusals.ts';
import { claimStream } from '../domain/streams.ts';
import { conflictingStream } from '../eventstore/event-store.ts';
import { done, type Attempt, type Decided, type Ending } from './attempt.ts';
import { acquireClaim } from './claims.ts';
import { refused, type Outcome } from './outcome.ts';
import { releaseClaims, releaseReason } from './release-claims.ts';
import { settleAppend } from './settle-append.ts';
import { headAfterWrite } from './write-stream.ts';

/**
 * On a log that writes one stream at a time: each claim in the order of the streams' names, then the account's own
 * events, which alone make anything true. A crash anywhere leaves claims that contenders can judge by the account.
 */
export async function commitByClaims(attempt: Attempt, first: Decided): Promise<Ending> {
  const held: OwnedClaim[] = [];
  try {
    const ending =
      (await acquireAll(attempt, first, held)) ?? (await commitAccount(attempt, first, held));
    if (typeof ending !== 'string' && ending.ok && ending.events.length > 0) {
      await giveUp(attempt, ending);
      return ending;
    }
    await undo(attempt, held);
    return ending;
  } catch (error) {
    // Settled appends never end in an unknown outcome, so nothing of this attempt can still commit.
    await attempt.abandon();
    void undo(attempt, held);
    throw error;
  }
}

async function acquireAll(
  attempt: Attempt,
  { before, events }: Decided,
  held: OwnedClaim[],
): Promise<Ending | undefined> {
  const wanted = newClaims(before.account, events).toSorted((one, other) =>
    claimStream(one.kind, one.key) < claimStream(other.kind, other.key) ? -1 : 1,
  );
  for (const claim of wanted) {
    const answer = await acquireClaim(attempt.deps, claim, attempt.contender);
    if (answer === 'decide-again') return answer;
    if (answer === 'taken') return refused({ code: takenRefusal[claim.kind] });
    held.push(claim);
  }
  return undefined;
}

async function commitAccount(
  attempt: Attempt,
  first: Decided,
  held: readonly OwnedClaim[],
): Promise<Ending> {
  // The head of `first` is older than the claims. A fence since then moved the stream, so the append conflicts.
  for (let decided = first; ;) {
    const write = await attempt.accountWrite(decided);
    try {
      await settleAppend(attempt.deps, [write]);
      return done(decided, Number(headAfterWrite(write).revision));
    } catch (error) {
      if (conflictingStream(error) === undefined) throw error;
    }
    const anew = await attempt.decideAnew(decided);
    if ('ended' in anew) return anew.ended;
    if (!covers(held, newClaims(anew.before.account, anew.events))) return 'decide-again';
    decided = anew;
  }
}

const covers = (held: readonly OwnedClaim[], wanted: readonly OwnedClaim[]): boolean =>
  wanted.every(({ kind, key }) => held.some((claim) => claim.kind === kind && claim.key === key));

async function undo(attempt: Attempt, held: readonly OwnedClaim[]): Promise<void> {
  await attempt.abandon();
  await releaseClaims(attempt.deps, held, { ...attempt.contender, reason: 'undone' });
}

async function giveUp(
  attempt: Attempt,
  { before, events }: Extract<Outcome, { ok: true }>,
): Promise<void> {
  await releaseClaims(attempt.deps, releasedClaims(before.account, events), {
    ...attempt.contender,
    reason: releaseReason(events),
  });
}
