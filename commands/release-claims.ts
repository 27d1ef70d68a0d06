import type { OwnedClaim } from '../domain/account/account.ts';
import type { AccountEvent } from '../domain/account/events.ts';
import type { ClaimEvent } from '../domain/claim/claim.ts';
import { conflictingStream, type StreamWrite } from '../eventstore/event-store.ts';
import { readClaim } from './claims.ts';
import type { Deps } from './deps.ts';
import { settleAppend } from './settle-append.ts';
import { writeAt, type Cause } from './write-stream.ts';

/** Whose claims are given up, and why. */
export interface Release {
  readonly accountId: string;
  readonly cause: Cause;
  readonly reason: Extract<ClaimEvent, { type: 'Released' }>['reason'];
}

/** The release of a claim that this account's attempt still holds; undefined where it holds it no more. */
export async function releaseWrite(
  deps: Pick<Deps, 'store'>,
  owned: OwnedClaim,
  { accountId, cause, reason }: Release,
): Promise<StreamWrite | undefined> {
  const { claim, head } = await readClaim(deps.store, owned);
  if (claim.status === 'free') return undefined;
  if (claim.accountId !== accountId || claim.attemptId !== owned.attemptId) return undefined;
  const { attemptId } = owned;
  return writeAt(head, attemptId, {
    cause,
    drafts: [{ type: 'Released', v: 1, data: () => ({ attemptId, reason }) }],
  });
}

/**
 * Releases claims one by one, each only while the attempt that took it still holds it. What cannot be released now
 * is reported and left to contenders, who see by the account's stream that it is stale. Answers whether none was left.
 */
export async function releaseClaims(
  deps: Deps,
  claims: readonly OwnedClaim[],
  release: Release,
): Promise<boolean> {
  let all = true;
  for (const claim of claims) {
    try {
      await releaseOne(deps, claim, release);
    } catch (error) {
      all = false;
      deps.report({ what: 'releasing-claims', error });
    }
  }
  return all;
}

async function releaseOne(deps: Deps, claim: OwnedClaim, release: Release): Promise<void> {
  for (;;) {
    const write = await releaseWrite(deps, claim, release);
    if (!write) return;
    try {
      await settleAppend(deps, [write]);
      return;
    } catch (error) {
      if (conflictingStream(error) === undefined) throw error; // a conflict: somebody moved it, look again
    }
  }
}

/** What a release says of the change that gave the claim up. */
export function releaseReason(events: readonly AccountEvent[]): Release['reason'] {
  if (events.some(({ type }) => type === 'AccountDeleted')) return 'deleted';
  return events.some(({ type }) => type === 'ProviderUnlinked') ? 'unlinked' : 'replaced';
}
