import type { Account, Method } from '../domain/account/account.ts';
import { evolve } from '../domain/account/evolve.ts';
import { accountIdOf } from '../domain/streams.ts';
import { decodeAccountEvent } from '../eventstore/codec.ts';
import type { EventStore, RecordedEvent } from '../eventstore/event-store.ts';
import { verifyLog, type BrokenEvent } from '../eventstore/verify-log.ts';

/** A way in, as an operator may read of it: no name, no address. */
export interface WayBack {
  readonly accountId: string;
  /** `password`, or the label of the provider. */
  readonly way: string;
}

export interface ReadLog {
  readonly accounts: ReadonlyMap<string, Account>;
  readonly newest: RecordedEvent | undefined;
  readonly events: number;
  readonly broken: readonly BrokenEvent[];
}

/** Reads a whole log once: its chains, every account as it stands, its newest event. */
export async function readWholeLog(store: EventStore): Promise<ReadLog> {
  const accounts = new Map<string, Account>();
  let newest: RecordedEvent | undefined;
  const onEvent = (recorded: RecordedEvent) => {
    newest = recorded;
    const accountId = accountIdOf(recorded.stream);
    if (accountId === undefined) return;
    const { revision, metadata } = recorded;
    const fact = { event: decodeAccountEvent(recorded), revision, at: metadata.at };
    accounts.set(accountId, evolve(accounts.get(accountId) ?? { status: 'absent' }, fact));
  };
  const { events, broken } = await verifyLog(store, { onEvent });
  return { accounts, newest, events, broken };
}

/** The ways in that open an account by one log, and opened nothing any more by a later one (H17). */
export function waysThatCameBack(now: ReadLog, later: ReadLog): readonly WayBack[] {
  return [...now.accounts].flatMap(([accountId, account]) => {
    const kept = new Set(openWays(later.accounts.get(accountId)).map(keyOf));
    return openWays(account)
      .filter((method) => !kept.has(keyOf(method)))
      .map((method) => ({
        accountId,
        way: method.kind === 'password' ? 'password' : method.provider,
      }));
  });
}

function openWays(account: Account | undefined): readonly Method[] {
  if (account?.status !== 'active' && account?.status !== 'closing') return [];
  return account.methods.filter(
    (method) => method.kind === 'password' || method.suspended === null,
  );
}

/** A changed password is another credential. */
const keyOf = (method: Method): string =>
  method.kind === 'password' ? `password ${method.credentialId}` : `identity ${method.identityId}`;
