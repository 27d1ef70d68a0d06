import { newClaims, releasedClaims } from '../domain/account/owned-claims.ts';
import type { OwnedClaim } from '../domain/account/account.ts';
import { takenRefusal } from '../domain/account/refusals.ts';
import { claimStream } from '../domain/streams.ts';
import { conflictingStream, type StreamWrite } from '../eventstore/event-store.ts';
import { done, type Attempt, type Decided, type Ending } from './attempt.ts';
import { claimedWrite, resolveClaim } from './claims.ts';
import { TryAgain } from './faults.ts';
import { refused } from './outcome.ts';
import { releaseReason, releaseWrite } from './release-claims.ts';
import { settleAppend } from './settle-append.ts';
import { emptyHead, headAfterWrite, type StreamHead } from './write-stream.ts';

const CLAIM_CONFLICTS = 20;

/**
 * On a log that writes several streams at once: claims, the account's own events and releases in one append. Claims
 * are resolved by the protocol all the same, since the data may come from a log that could not.
 */
export async function commitAtomically(attempt: Attempt, first: Decided): Promise<Ending> {
  const heads = new Map<string, StreamHead>();
  let decided = first;
  for (let conflicts = 0; conflicts < CLAIM_CONFLICTS; conflicts += 1) {
    const account = await attempt.accountWrite(decided);
    const writes = [...(await claimWrites(attempt, decided, heads)), account];
    const stream = await appendOrConflict(attempt, writes);
    if (stream === undefined) return done(decided, Number(headAfterWrite(account).revision));

    if (stream === account.stream) {
      const anew = await attempt.decideAnew(decided);
      if ('ended' in anew) return end(attempt, anew.ended);
      decided = anew;
      continue;
    }
    const claim = claimsOf(decided).find(({ kind, key }) => claimStream(kind, key) === stream);
    if (!claim) continue; // a claim to be released moved: it is read again
    const answer = await resolveClaim(attempt.deps, claim, attempt.contender);
    if (answer === 'taken') return end(attempt, refused({ code: takenRefusal[claim.kind] }));
    if (typeof answer === 'string') return end(attempt, 'decide-again');
    heads.set(stream, answer);
  }
  throw new TryAgain('too many contend for the same claim');
}

const claimsOf = ({ before, events }: Decided): readonly OwnedClaim[] =>
  newClaims(before.account, events);

async function claimWrites(
  { deps, contender }: Attempt,
  decided: Decided,
  heads: ReadonlyMap<string, StreamHead>,
): Promise<StreamWrite[]> {
  const claimed = claimsOf(decided).map(({ kind, key }) => {
    const stream = claimStream(kind, key);
    return claimedWrite(heads.get(stream) ?? emptyHead(stream), contender);
  });
  const { before, events } = decided;
  const release = { ...contender, reason: releaseReason(events) };
  const released = await Promise.all(
    releasedClaims(before.account, events).map((claim) => releaseWrite(deps, claim, release)),
  );
  return [...claimed, ...released.filter((write) => write !== undefined)];
}

/** The stream that conflicted, or undefined when everything was written. */
async function appendOrConflict(
  attempt: Attempt,
  writes: readonly StreamWrite[],
): Promise<string | undefined> {
  try {
    await settleAppend(attempt.deps, writes);
    return undefined;
  } catch (error) {
    const stream = conflictingStream(error);
    if (stream !== undefined) return stream;
    await attempt.abandon();
    throw error;
  }
}

async function end(attempt: Attempt, ended: Ending): Promise<Ending> {
  await attempt.abandon();
  return ended;
}
