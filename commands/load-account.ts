import type { Account, AccountFact } from '../domain/account/account.ts';
import { evolve } from '../domain/account/evolve.ts';
import { fateAfter, type AttemptFate } from '../domain/account/owned-claims.ts';
import { accountStream } from '../domain/streams.ts';
import { decodeAccountEvent, type OpenSeal } from '../eventstore/codec.ts';
import type { EventStore, RecordedEvent } from '../eventstore/event-store.ts';
import type { Vault } from '../vault/vault.ts';
import { emptyHead, headAfter, type StreamHead } from './write-stream.ts';

/** An account as one read of its stream showed it. */
export interface LoadedAccount {
  readonly accountId: string;
  readonly account: Account;
  readonly head: StreamHead;
  readonly fates: ReadonlyMap<string, AttemptFate>;
}

/** A fact with what the log recorded beside it, for people who read the history. */
export interface HistoryEntry extends AccountFact {
  readonly recorded: RecordedEvent;
}

/** The revision of the account's last event; -1 before the first. Sessions are proved at it. */
export const revisionOf = ({ head }: LoadedAccount): number =>
  head.revision === 'none' ? -1 : head.revision;

/** An account nobody wrote to yet. */
export const absentAccount = (accountId: string): LoadedAccount => ({
  accountId,
  account: { status: 'absent' },
  head: emptyHead(accountStream(accountId)),
  fates: new Map(),
});

function take(loaded: LoadedAccount, recorded: RecordedEvent, open?: OpenSeal): LoadedAccount {
  const event = decodeAccountEvent(recorded, open);
  const fates = loaded.fates as Map<string, AttemptFate>;
  if ('attemptId' in event) {
    fates.set(event.attemptId, fateAfter(fates.get(event.attemptId) ?? 'none', event));
  }
  const fact = { event, revision: recorded.revision, at: recorded.metadata.at };
  return { ...loaded, account: evolve(loaded.account, fact), head: headAfter(recorded) };
}

/**
 * Folds accounts from their streams. What was read once is kept, seals closed, and only the events after it are
 * read again: a stream only grows, so a kept fold is never wrong, only short.
 */
export class AccountReader {
  readonly #store: Pick<EventStore, 'read'>;
  readonly #vault: Vault;
  readonly #max: number;
  #kept = new Map<string, LoadedAccount>();

  constructor(
    store: Pick<EventStore, 'read'>,
    vault: Vault,
    options: { readonly maxKept?: number } = {},
  ) {
    this.#store = store;
    this.#vault = vault;
    this.#max = options.maxKept ?? 2_000;
  }

  /** The same accounts read elsewhere, as from a copy of the log's events; what was folded is kept for both. */
  readingFrom(store: Pick<EventStore, 'read'>): AccountReader {
    const reader = new AccountReader(store, this.#vault, { maxKept: this.#max });
    reader.#kept = this.#kept;
    return reader;
  }

  /** The account as its stream says now, personal parts closed. Throws Unavailable. */
  async load(accountId: string): Promise<LoadedAccount> {
    const kept = this.#kept.get(accountId) ?? absentAccount(accountId);
    // A copy: a fold that others hold must not learn of events beyond its own head.
    let loaded: LoadedAccount = { ...kept, fates: new Map(kept.fates) };
    const from = revisionOf(loaded) + 1;
    for await (const recorded of this.#store.read(accountStream(accountId), { from })) {
      if (recorded.revision === revisionOf(loaded) + 1) loaded = take(loaded, recorded);
    }
    this.#keep(loaded);
    return loaded;
  }

  /** The same with personal parts opened: what an owner's page and a rule about names need. */
  async loadOpened(accountId: string): Promise<LoadedAccount> {
    const events = await this.#readAll(accountId);
    const open = await this.#opener(events);
    return events.reduce(
      (loaded, recorded) => take(loaded, recorded, open),
      absentAccount(accountId),
    );
  }

  /** Every event of the account in order, personal parts opened. */
  async history(accountId: string): Promise<readonly HistoryEntry[]> {
    const events = await this.#readAll(accountId);
    const open = await this.#opener(events);
    return events.map((recorded) => ({
      event: decodeAccountEvent(recorded, open),
      revision: recorded.revision,
      at: recorded.metadata.at,
      recorded,
    }));
  }

  /** Drops what is kept of an account, e.g. when it is erased. */
  forget(accountId: string): void {
    this.#kept.delete(accountId);
  }

  async #readAll(accountId: string): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for await (const recorded of this.#store.read(accountStream(accountId))) events.push(recorded);
    return events;
  }

  async #opener(events: readonly RecordedEvent[]): Promise<OpenSeal | undefined> {
    const registered = events.find(({ type }) => type === 'UserRegistered');
    const event = registered && decodeAccountEvent(registered);
    if (event?.type !== 'UserRegistered') return undefined;
    const key = await this.#vault.keys.get(event.keyId);
    return key === 'erased' ? () => 'erased' : (context, field) => key.open(context, field);
  }

  #keep(loaded: LoadedAccount): void {
    const known = this.#kept.get(loaded.accountId);
    if (known && revisionOf(known) > revisionOf(loaded)) return;
    this.#kept.delete(loaded.accountId);
    if (revisionOf(loaded) < 0) return;
    this.#kept.set(loaded.accountId, loaded);
    const oldest = this.#kept.keys().next();
    if (this.#kept.size > this.#max && !oldest.done) this.#kept.delete(oldest.value);
  }
}
