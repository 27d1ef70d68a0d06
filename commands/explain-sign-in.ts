import type { Account, Method } from '../domain/account/account.ts';
import { evolve } from '../domain/account/evolve.ts';
import { endsSessions } from '../domain/account/ends-sessions.ts';
import type { ProviderName } from '../domain/account/events.ts';
import { signInIdentifier } from '../domain/account/sign-in-identifier.ts';
import { accountStream } from '../domain/streams.ts';
import { decodeAccountEvent } from '../eventstore/codec.ts';
import type { Deps } from './deps.ts';
import { holdersOfKey } from './holders-of-key.ts';
import { isBeyond, type Point } from './point.ts';

export interface SignInExplanation {
  /** Undefined where nobody had that name then. */
  readonly accountId: string | undefined;
  /** What stood against a sign-in, the weightiest first; empty: nothing that the account knows of. */
  readonly against: readonly string[];
  /** What is worth knowing beside it. */
  readonly beside: readonly string[];
}

export interface SignInQuestion {
  /** An account id, a username or an e-mail as typed into the form. It is repeated nowhere. */
  readonly named: string;
  readonly at: Date;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const AROUND_MS = 15 * 60_000;
const MOST_ACTIVITY = 1_000;

/**
 * Why somebody could not sign in at a time: what the account was then, by its own stream, and what the activity list
 * noted around it. Names no person and opens no seal; times and kinds only.
 */
export async function explainSignIn(
  deps: Deps,
  { named, at }: SignInQuestion,
): Promise<SignInExplanation> {
  const found = await accountThen(deps, named, at);
  if (found.accountId === undefined) return { ...found, accountId: undefined };
  const { accountId } = found;
  const { account, lastEnding } = await accountAt(deps, accountId, { kind: 'time', at });
  const against = againstIt(deps, account);
  const beside = [...found.beside];
  if (lastEnding) {
    const { revision, type, at: when } = lastEnding;
    beside.push(`every session from before revision ${revision} ended with ${type} at ${when}`);
  }
  beside.push(...(await activityAround(deps, accountId, at)));
  return { accountId, against, beside };
}

interface Found {
  readonly accountId: string | undefined;
  readonly against: readonly string[];
  readonly beside: readonly string[];
}

/** By what owned the name then, not by what owns it now. */
async function accountThen(deps: Deps, named: string, at: Date): Promise<Found> {
  if (uuid.test(named)) return { accountId: named, against: [], beside: [] };
  const { kind, value } = signInIdentifier(named);
  const { ownerships } = await holdersOfKey(deps, { kind, key: deps.keyOf(kind, value) });
  const then = ownerships.find(
    ({ from, until }) => new Date(from) <= at && (until === null || new Date(until) > at),
  );
  const other = ownerships.length;
  const beside = other > 0 ? [`${other} accounts had this ${kind} at some time`] : [];
  if (then) return { accountId: then.accountId, against: [], beside };
  return { accountId: undefined, against: [`no account had this ${kind} then`], beside };
}

interface AccountAt {
  readonly account: Account;
  readonly lastEnding:
    { readonly revision: number; readonly type: string; readonly at: string } | undefined;
}

async function accountAt(
  { store }: Pick<Deps, 'store'>,
  accountId: string,
  to: Point,
): Promise<AccountAt> {
  let account: Account = { status: 'absent' };
  let lastEnding: AccountAt['lastEnding'];
  for await (const recorded of store.read(accountStream(accountId))) {
    const { revision, metadata, type } = recorded;
    if (isBeyond(to, recorded, BigInt(revision))) break;
    const event = decodeAccountEvent(recorded);
    account = evolve(account, { event, revision, at: metadata.at });
    if (endsSessions(event)) lastEnding = { revision, type, at: metadata.at };
  }
  return { account, lastEnding };
}

function againstIt({ policy }: Deps, account: Account): readonly string[] {
  switch (account.status) {
    case 'absent':
      return ['the account did not exist then'];
    case 'deleted':
      return [`the account was deleted at ${account.deletedAt}`];
    case 'closing':
      return [
        `the account was closing since ${account.deletionRequestedAt}: a sign-in could only keep it or end it`,
        ...account.methods.flatMap((method) => againstMethod(method, policy.configured)),
      ];
    case 'active': {
      const hasPassword = account.methods.some(({ kind }) => kind === 'password');
      return [
        ...(hasPassword ? [] : ['the account had no password then: only its providers opened it']),
        ...account.methods.flatMap((method) => againstMethod(method, policy.configured)),
      ];
    }
  }
}

function againstMethod(method: Method, configured: readonly ProviderName[]): readonly string[] {
  if (method.kind === 'password') return [];
  const { provider, suspended } = method;
  return [
    ...(suspended === 'recovery' ? [`its way in by ${provider} rested after a recovery`] : []),
    ...(suspended === 'provider' ? [`its way in by ${provider} was closed by the provider`] : []),
    ...(configured.includes(provider) ? [] : [`${provider} is not configured (now)`]),
  ];
}

async function activityAround(
  { vault }: Deps,
  accountId: string,
  at: Date,
): Promise<readonly string[]> {
  const all = await vault.activity.list(accountId, MOST_ACTIVITY);
  return all
    .filter((entry) => Math.abs(entry.at.getTime() - at.getTime()) <= AROUND_MS)
    .map(({ kind, at: when, method }) => {
      const way = method?.kind === 'identity' ? method.provider : method?.kind;
      return `${when.toISOString()} ${kind}${way === undefined ? '' : ` (${way})`}`;
    });
}
