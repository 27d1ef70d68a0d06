import type { Account } from '../domain/account/account.ts';
import type { AccountEvent } from '../domain/account/events.ts';
import { evolve } from '../domain/account/evolve.ts';
import { accountStream } from '../domain/streams.ts';
import { decodeAccountEvent, sealedPart } from '../eventstore/codec.ts';
import type { RecordedEvent } from '../eventstore/event-store.ts';
import type { DataKey, SaltedText } from '../vault/vault.ts';
import type { Deps } from './deps.ts';

export interface OpenedEvent {
  readonly recorded: RecordedEvent;
  readonly event: AccountEvent;
  /** What the sealed part says, with its salt; undefined for an event without one. */
  readonly opened: SaltedText | 'erased' | undefined;
}

/**
 * An account's events one after the other, opened, never all in memory. `last`: the revision to stop at.
 * Throws Unavailable, and the vault's faults: a missing key is `key-missing`, never taken for erased.
 */
export async function* readOpened(
  { store, vault }: Pick<Deps, 'store' | 'vault'>,
  accountId: string,
  last = Number.MAX_SAFE_INTEGER,
): AsyncGenerator<OpenedEvent> {
  let key: DataKey | 'erased' | undefined;
  for await (const recorded of store.read(accountStream(accountId))) {
    if (recorded.revision > last) return;
    const closed = decodeAccountEvent(recorded);
    if (closed.type === 'UserRegistered' && key === undefined)
      key = await vault.keys.get(closed.keyId);
    const opened = openedPart(recorded, key);
    const says = opened === 'erased' ? opened : opened?.text;
    const event = says === undefined ? closed : decodeAccountEvent(recorded, () => says);
    yield { recorded, event, opened };
  }
}

function openedPart(recorded: RecordedEvent, key: DataKey | 'erased' | undefined) {
  const part = sealedPart(recorded);
  if (!part || key === undefined) return undefined;
  return key === 'erased' ? key : key.openWithSalt(part.context, part.field);
}

/** An account folded with its personal parts opened, and where the fold ended. */
export interface FoldedAccount {
  readonly account: Account;
  /** -1 before the first event. */
  readonly revision: number;
}

export async function foldOpened(
  deps: Pick<Deps, 'store' | 'vault'>,
  accountId: string,
): Promise<FoldedAccount> {
  let folded: FoldedAccount = { account: { status: 'absent' }, revision: -1 };
  for await (const { recorded, event } of readOpened(deps, accountId)) {
    const { revision, metadata } = recorded;
    folded = { account: evolve(folded.account, { event, revision, at: metadata.at }), revision };
  }
  return folded;
}
