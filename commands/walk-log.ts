import type { Account } from '../domain/account/account.ts';
import { evolve } from '../domain/account/evolve.ts';
import { fateAfter, ownedClaims, type AttemptFate } from '../domain/account/owned-claims.ts';
import type { Claim } from '../domain/claim/claim.ts';
import { accountIdOf, claimOf } from '../domain/streams.ts';
import { decodeAccountEvent } from '../eventstore/codec.ts';
import type { EventStore, RecordedEvent } from '../eventstore/event-store.ts';
import { readToEnd } from '../eventstore/read-to-end.ts';
import { claimAfter, type ClaimKey } from './claims.ts';
import { isLiving } from '../domain/account/is-living.ts';

/** An account as one walk over the log showed it, seals closed. */
export interface WalkedAccount {
  readonly account: Account;
  readonly fates: ReadonlyMap<string, AttemptFate>;
}

/** Everything that the streams of accounts and claims say. Memory grows with their number. */
export interface WalkedLog {
  readonly accounts: ReadonlyMap<string, WalkedAccount>;
  readonly claims: readonly (ClaimKey & { readonly claim: Claim })[];
}

/**
 * Folds every account and every claim by itself, from the first event, and trusts no lookup. Throws PoisonEvent for
 * what nobody can read, Unavailable.
 */
export async function walkLog(store: EventStore): Promise<WalkedLog> {
  const accounts = new Map<string, { account: Account; fates: Map<string, AttemptFate> }>();
  const claims = new Map<string, ClaimKey & { readonly claim: Claim }>();
  const takeAccount = (accountId: string, recorded: RecordedEvent) => {
    const event = decodeAccountEvent(recorded);
    const { account, fates } = accounts.get(accountId) ?? {
      account: { status: 'absent' } as const,
      fates: new Map<string, AttemptFate>(),
    };
    if ('attemptId' in event) {
      fates.set(event.attemptId, fateAfter(fates.get(event.attemptId) ?? 'none', event));
    }
    const { revision, metadata } = recorded;
    accounts.set(accountId, {
      account: evolve(account, { event, revision, at: metadata.at }),
      fates,
    });
  };
  for await (const event of readToEnd(store, { prefixes: ['account-', 'claim-'] })) {
    const accountId = accountIdOf(event.stream);
    if (accountId !== undefined) takeAccount(accountId, event);
    const key = claimOf(event.stream);
    if (key) claims.set(event.stream, { ...key, claim: claimAfter(event) });
  }
  return { accounts, claims: [...claims.values()] };
}

/** An account, or what stands for one that no event is known of. */
export const walkedAccount = ({ accounts }: WalkedLog, accountId: string): WalkedAccount =>
  accounts.get(accountId) ?? { account: { status: 'absent' }, fates: new Map() };

/** A rule about accounts that does not hold, by its number. */
export interface BrokenRule {
  readonly rule: 'I4' | 'I5';
  readonly told: string;
}

/** I4: one owner per e-mail, username and identity. I5: every living account has a way in. */
export function brokenRules({ accounts }: WalkedLog): readonly BrokenRule[] {
  const broken: BrokenRule[] = [];
  const owners = new Map<string, string>();
  for (const [accountId, { account }] of accounts) {
    for (const { kind, key } of ownedClaims(account)) {
      const owner = owners.get(`${kind} ${key}`);
      if (owner !== undefined) {
        broken.push({ rule: 'I4', told: `${kind} ${key} belongs to ${owner} and to ${accountId}` });
      }
      owners.set(`${kind} ${key}`, accountId);
    }
    const living = isLiving(account);
    if (living && account.methods.length === 0) {
      broken.push({ rule: 'I5', told: `${accountId} has no way in` });
    }
  }
  return broken;
}
