import { ownedClaims } from '../domain/account/owned-claims.ts';
import type { ClaimedClaim } from '../domain/claim/claim.ts';
import { judgeClaim, type ClaimVerdict } from '../domain/claim/judge-claim.ts';
import { faultCode } from '../eventstore/event-store.ts';
import { fenceAttempt, readClaim, type ClaimKey } from './claims.ts';
import type { Deps } from './deps.ts';
import { settleAppend } from './settle-append.ts';
import { walkedAccount, type WalkedAccount, type WalkedLog } from './walk-log.ts';
import { writeAt, type Cause } from './write-stream.ts';

/** Claims that nobody may rely on: those a contender would take over, and those whose attempt must be fenced first. */
export function leftClaims(walked: WalkedLog, now: Date): readonly ClaimKey[] {
  return walked.claims.flatMap(({ claim, kind, key }) => {
    if (claim.status !== 'claimed') return [];
    const verdict = judged(walkedAccount(walked, claim.accountId), { kind, key, claim }, now);
    return mayGo(verdict) || verdict === 'undecided' ? [{ kind, key }] : [];
  });
}

/** Claims that an account owns and does not hold: somebody else could take what is theirs. */
export function unheldClaims({ accounts, claims }: WalkedLog): readonly string[] {
  const held = new Set(
    claims.map(({ kind, key, claim }) =>
      claim.status === 'claimed' ? `${kind} ${key} ${claim.accountId}` : '',
    ),
  );
  return [...accounts].flatMap(([accountId, { account }]) =>
    ownedClaims(account)
      .filter(({ kind, key }) => !held.has(`${kind} ${key} ${accountId}`))
      .map(({ kind, key }) => `${kind} ${key} of ${accountId}`),
  );
}

/**
 * Releases left claims, each judged again by the account's own stream, and fences an attempt that might still commit
 * before its claim goes (decision 0004). Whatever moved meanwhile is left alone. Answers how many were released.
 */
export async function tidyClaims(
  deps: Deps,
  left: readonly ClaimKey[],
  cause: Cause,
): Promise<number> {
  let released = 0;
  for (const key of left) if (await tidy(deps, key, cause)) released += 1;
  return released;
}

async function tidy(deps: Deps, wanted: ClaimKey, cause: Cause): Promise<boolean> {
  const { claim, head } = await readClaim(deps.store, wanted);
  if (claim.status !== 'claimed') return false;
  const { accountId, attemptId } = claim;
  let holder = await deps.accounts.load(accountId);
  let verdict = judged(holder, { ...wanted, claim }, deps.clock());
  if (verdict === 'undecided') {
    await fenceAttempt(deps, { head: holder.head, accountId, attemptId }, cause);
    holder = await deps.accounts.load(accountId);
    verdict = judged(holder, { ...wanted, claim }, deps.clock());
  }
  if (!mayGo(verdict)) return false;
  const write = writeAt(head, attemptId, {
    cause,
    drafts: [{ type: 'Released', v: 1, data: () => ({ attemptId, reason: 'tidied' }) }],
  });
  try {
    await settleAppend(deps, [write]);
    return true;
  } catch (error) {
    if (faultCode(error) !== 'conflict') throw error;
    return false; // somebody took it over meanwhile
  }
}

const mayGo = (verdict: ClaimVerdict): boolean => verdict === 'stale' || verdict === 'dead';

/** As a contender judges it that is nobody's account. */
const judged = (
  { account, fates }: WalkedAccount,
  { kind, key, claim }: ClaimKey & { readonly claim: ClaimedClaim },
  now: Date,
): ClaimVerdict =>
  judgeClaim(
    claim,
    {
      ownsKey: ownedClaims(account).some((owned) => owned.kind === kind && owned.key === key),
      fate: fates.get(claim.attemptId) ?? 'none',
      deleted: account.status === 'deleted',
    },
    { accountId: '', now: now.toISOString() },
  );
