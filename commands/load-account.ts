import type { Account } from '../domain/account/account.ts';
import { evolve } from '../domain/account/evolve.ts';
import { fateAfter, type AttemptFate } from '../domain/account/owned-claims.ts';
import { accountStream } from '../domain/streams.ts';
import { decodeAccountEvent, type OpenSeal } from '../eventstore/codec.ts';
import type { EventStore, RecordedEvent } from '../eventstore/event-store.ts';
import type { Vault } from '../vault/vault.ts';
import { AccountTellers } from './account-tellers.ts';
import { historyEntry, type HistoryEntry } from './history-entry.ts';
import { emptyHead, headAfter, type StreamHead } from './write-stream.ts';

/** An account as one read of its stream showed it. */
export interface LoadedAccount {
  readonly accountId: string;
  readonly account: Account;
  readonly head: StreamHead;
  readonly fates: ReadonlyMap<string, AttemptFate>;
  /** Which events tell the personal parts. */
  readonly tellers: AccountTellers;
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
  tellers: new AccountTellers(),
});

/** A fold going on. What it begins with is copied: a fold that others hold must not learn of events beyond its head. */
class Fold {
  readonly #accountId: string;
  readonly #fates: Map<string, AttemptFate>;
  readonly #tellers: AccountTellers;
  #account: Account;
  #last: RecordedEvent;

  constructor(before: LoadedAccount | undefined, first: RecordedEvent, accountId: string) {
    this.#accountId = accountId;
    this.#fates = new Map(before?.fates);
    this.#tellers = before?.tellers.copy() ?? new AccountTellers();
    this.#account = before?.account ?? { status: 'absent' };
    this.#last = first;
    this.take(first);
  }

  take(recorded: RecordedEvent): void {
    const event = decodeAccountEvent(recorded);
    this.#tellers.note(event, recorded);
    if ('attemptId' in event) {
      const fate = this.#fates.get(event.attemptId) ?? 'none';
      this.#fates.set(event.attemptId, fateAfter(fate, event));
    }
    const { revision, metadata } = recorded;
    this.#account = evolve(this.#account, { event, revision, at: metadata.at });
    this.#last = recorded;
  }

  get revision(): number {
    return this.#last.revision;
  }

  get loaded(): LoadedAccount {
    return {
      accountId: this.#accountId,
      account: this.#account,
      head: headAfter(this.#last),
      fates: this.#fates,
      tellers: this.#tellers,
    };
  }
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
    const kept = this.#kept.get(accountId);
    const from = kept ? revisionOf(kept) + 1 : 0;
    let fold: Fold | undefined;
    for await (const recorded of this.#store.read(accountStream(accountId), { from })) {
      const next = fold ? fold.revision + 1 : from;
      if (recorded.revision !== next) continue;
      if (fold) fold.take(recorded);
      else fold = new Fold(kept, recorded, accountId);
    }
    const loaded = fold?.loaded ?? kept ?? absentAccount(accountId);
    this.#keep(loaded);
    return loaded;
  }

  /** The same with personal parts opened: what an owner's page and a rule about names need. */
  async loadOpened(accountId: string): Promise<LoadedAccount> {
    return this.opened(await this.load(accountId));
  }

  /** An account as it was read, with personal parts opened; of one that was erased since then they stay closed. */
  async opened(loaded: LoadedAccount): Promise<LoadedAccount> {
    const { status } = loaded.account;
    if (status === 'absent' || status === 'deleted') return loaded;
    const open = await this.opener(loaded);
    const decode = (recorded: RecordedEvent) => decodeAccountEvent(recorded, open);
    return { ...loaded, account: loaded.tellers.open(loaded.account, decode) };
  }

  /** The account's events as recorded, in order, from one revision through another. Throws Unavailable. */
  async *events(
    accountId: string,
    { from = 0, through = Infinity }: { readonly from?: number; readonly through?: number } = {},
  ): AsyncGenerator<RecordedEvent> {
    if (from > through) return;
    const max = Number.isFinite(through) ? { max: through - from + 1 } : {};
    yield* this.#store.read(accountStream(accountId), { from, ...max });
  }

  /** Every event of the account in order, personal parts opened. */
  async history(accountId: string): Promise<readonly HistoryEntry[]> {
    const open = await this.opener(await this.load(accountId));
    const facts: HistoryEntry[] = [];
    for await (const recorded of this.events(accountId)) facts.push(historyEntry(recorded, open));
    return facts;
  }

  /**
   * What opens the seals of an account, or says that its key was erased; undefined before its registration. Throws
   * `key-missing`.
   */
  async opener({ account }: Pick<LoadedAccount, 'account'>): Promise<OpenSeal | undefined> {
    if (account.status === 'absent') return undefined;
    const key = await this.#vault.keys.get(account.keyId);
    return key === 'erased' ? () => 'erased' : (context, field) => key.open(context, field);
  }

  /** Drops what is kept of an account, e.g. when it is erased. */
  forget(accountId: string): void {
    this.#kept.delete(accountId);
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
