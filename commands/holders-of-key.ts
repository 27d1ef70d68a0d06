import type { Account } from '../domain/account/account.ts';
import { evolve } from '../domain/account/evolve.ts';
import { ownedClaims } from '../domain/account/owned-claims.ts';
import { claimEvent } from '../domain/claim/claim.ts';
import { accountStream, claimStream } from '../domain/streams.ts';
import { decodeAccountEvent } from '../eventstore/codec.ts';
import type { ClaimKey } from './claims.ts';
import type { Deps } from './deps.ts';

/** A time during which an account owned a key, by its own stream. */
export interface Ownership {
  readonly accountId: string;
  readonly fromRevision: number;
  readonly from: string;
  /** Null while it lasts. */
  readonly until: string | null;
}

export interface KeyHistory {
  readonly ownerships: readonly Ownership[];
  /** Accounts that claimed the key, and never came to own it. */
  readonly attempted: readonly string[];
}

/**
 * Who ever held an e-mail, a username or an identity: the claim's stream says who tried, each account's own stream
 * whether and how long it owned it. Works of keys alone and opens nothing. Throws Unavailable, PoisonEvent.
 */
export async function holdersOfKey(
  deps: Pick<Deps, 'store'>,
  claim: ClaimKey,
): Promise<KeyHistory> {
  const claimants = new Set<string>();
  for await (const { type, data } of deps.store.read(claimStream(claim.kind, claim.key))) {
    const event = claimEvent.parse({ ...data, type });
    if (event.type === 'Claimed') claimants.add(event.accountId);
  }
  const ownerships: Ownership[] = [];
  const attempted: string[] = [];
  for (const accountId of claimants) {
    const owned = await ownershipsOf(deps, accountId, claim);
    if (owned.length === 0) attempted.push(accountId);
    ownerships.push(...owned);
  }
  return { ownerships, attempted };
}

async function ownershipsOf(
  { store }: Pick<Deps, 'store'>,
  accountId: string,
  { kind, key }: ClaimKey,
): Promise<readonly Ownership[]> {
  const all: { fromRevision: number; from: string; until: string | null; accountId: string }[] = [];
  let account: Account = { status: 'absent' };
  for await (const recorded of store.read(accountStream(accountId))) {
    const { revision, metadata } = recorded;
    const { at } = metadata;
    account = evolve(account, { event: decodeAccountEvent(recorded), revision, at });
    const owns = ownedClaims(account).some((owned) => owned.kind === kind && owned.key === key);
    const last = all.at(-1);
    const lasts = last?.until === null;
    if (owns && !lasts) all.push({ accountId, fromRevision: revision, from: at, until: null });
    if (!owns && last && lasts) last.until = at;
  }
  return all;
}
