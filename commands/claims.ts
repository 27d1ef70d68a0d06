import type { ClaimKind } from '../domain/account/account.ts';
import { ownedClaims } from '../domain/account/owned-claims.ts';
import { claimEvent, replayClaim, type Claim, type ClaimEvent } from '../domain/claim/claim.ts';
import { judgeClaim, type Holder } from '../domain/claim/judge-claim.ts';
import { accountStream, claimStream } from '../domain/streams.ts';
import { PoisonEvent } from '../eventstore/codec.ts';
import { faultCode, type EventStore, type RecordedEvent } from '../eventstore/event-store.ts';
import type { Deps } from './deps.ts';
import { TryAgain } from './faults.ts';
import type { LoadedAccount } from './load-account.ts';
import { settleAppend } from './settle-append.ts';
import { emptyHead, headAfter, writeAt, type Cause, type StreamHead } from './write-stream.ts';

/** What a claim is taken of. */
export interface ClaimKey {
  readonly kind: ClaimKind;
  readonly key: string;
}

/** Who contends for a claim. */
export interface Contender {
  readonly accountId: string;
  readonly attemptId: string;
  readonly cause: Cause;
}

/** Where a contender may append its `Claimed`, or why it may not. */
export type ClaimAnswer = StreamHead | 'mine' | 'taken' | 'decide-again';

/** A claim and the head of its stream, out of one read. */
export interface ReadClaim {
  readonly claim: Claim;
  readonly head: StreamHead;
}

/** The last event of a claim stream decides what the claim is. */
export async function readClaim(store: EventStore, { kind, key }: ClaimKey): Promise<ReadClaim> {
  const stream = claimStream(kind, key);
  for await (const recorded of store.read(stream, { backwards: true, max: 1 })) {
    return { claim: claimAfter(recorded), head: headAfter(recorded) };
  }
  return { claim: { status: 'free', revision: 'none' }, head: emptyHead(stream) };
}

/** What a claim is after the last event of its stream. Throws PoisonEvent. */
export function claimAfter(recorded: RecordedEvent): Claim {
  const { revision, metadata } = recorded;
  return replayClaim([{ event: parse(recorded), revision, at: metadata.at }]);
}

function parse(recorded: RecordedEvent): ClaimEvent {
  const parsed = claimEvent.safeParse({ ...recorded.data, type: recorded.type });
  if (!parsed.success || recorded.metadata.v !== 1) throw new PoisonEvent(recorded);
  return parsed.data;
}

/** The `Claimed` event of an attempt at the head of its claim stream. */
export const claimedWrite = (head: StreamHead, { accountId, attemptId, cause }: Contender) =>
  writeAt(head, attemptId, {
    cause,
    drafts: [{ type: 'Claimed', v: 1, data: () => ({ accountId, attemptId }) }],
  });

/** Takes a claim by itself, for a store that writes one stream at a time. Undo is the caller's. */
export async function acquireClaim(
  deps: Deps,
  claim: ClaimKey,
  contender: Contender,
): Promise<'mine' | 'taken' | 'decide-again'> {
  let head: StreamHead = emptyHead(claimStream(claim.kind, claim.key));
  for (;;) {
    try {
      await settleAppend(deps, [claimedWrite(head, contender)]);
      return 'mine';
    } catch (error) {
      if (faultCode(error) !== 'conflict') throw error;
    }
    const answer = await resolveClaim(deps, claim, contender);
    if (typeof answer === 'string') return answer;
    head = answer;
  }
}

/**
 * Reads who holds a claim and, by what that account's stream says, answers whether a contender may take it over
 * (design: the table of the claims protocol). Fences an attempt that might still commit before taking its claim.
 * Throws TryAgain while another account's attempt is in flight.
 */
export async function resolveClaim(
  deps: Deps,
  wanted: ClaimKey,
  contender: Contender,
): Promise<ClaimAnswer> {
  for (let waited = false; ;) {
    const { claim, head } = await readClaim(deps.store, wanted);
    if (claim.status === 'free') return head;
    const { accountId, attemptId } = claim;
    const own = accountId === contender.accountId;
    if (own && attemptId === contender.attemptId) return 'mine';

    const holder = await deps.accounts.load(accountId);
    const verdict = judgeClaim(claim, saysOf(holder, attemptId, wanted), {
      accountId: contender.accountId,
      now: deps.clock().toISOString(),
    });
    switch (verdict) {
      case 'held':
        return own ? 'decide-again' : 'taken';
      case 'stale':
      case 'dead':
        return head;
      case 'in-flight':
        if (waited) throw new TryAgain('another attempt holds this for the moment');
        waited = true;
        await deps.sleep(1_000 + Math.random() * 1_000);
        break;
      case 'undecided':
        await fenceAttempt(deps, { head: holder.head, accountId, attemptId }, contender.cause);
    }
  }
}

const saysOf = (holder: LoadedAccount, attemptId: string, wanted: ClaimKey): Holder => ({
  ownsKey: ownedClaims(holder.account).some(
    ({ kind, key }) => kind === wanted.kind && key === wanted.key,
  ),
  fate: holder.fates.get(attemptId) ?? 'none',
  deleted: holder.account.status === 'deleted',
});

/** Forbids an attempt to commit, at the revision just read; a conflict means: read again. */
export async function fenceAttempt(
  deps: Pick<Deps, 'store' | 'sleep' | 'report'>,
  attempt: { readonly head: StreamHead; readonly accountId: string; readonly attemptId: string },
  cause: Cause,
): Promise<void> {
  const { head, accountId, attemptId } = attempt;
  if (head.stream !== accountStream(accountId)) throw new Error('a fence stands in the account');
  const write = writeAt(head, attemptId, {
    cause: { ...cause, actor: 'system' },
    drafts: [{ type: 'AttemptFenced', v: 1, data: () => ({ attemptId }) }],
  });
  try {
    await settleAppend(deps, [write]);
  } catch (error) {
    if (faultCode(error) !== 'conflict') throw error;
  }
}
