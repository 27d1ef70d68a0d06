import type { AccountEvent } from '../domain/account/events.ts';
import type { AccountRefusal } from '../domain/account/refusals.ts';
import { refuse, type Result } from '../domain/result.ts';
import { encodeAccountEvent, hasPersonalPart, type Seal } from '../eventstore/codec.ts';
import { currentVersion } from '../eventstore/upcasters.ts';
import type { StreamWrite } from '../eventstore/event-store.ts';
import type { DataKey } from '../vault/vault.ts';
import type { AccountCommand } from './account-command.ts';
import type { Contender } from './claims.ts';
import type { Deps } from './deps.ts';
import { TryAgain } from './faults.ts';
import { absentAccount, revisionOf, type LoadedAccount } from './load-account.ts';
import { refused, type Done, type Outcome } from './outcome.ts';
import { writeAt } from './write-stream.ts';

const CONFLICTS = 3;

/** What a fold decided: events to append at the head of that very read. */
export interface Decided {
  readonly before: LoadedAccount;
  readonly events: readonly AccountEvent[];
}

/**
 * How an attempt ends: with the command's outcome; `fenced`: others closed it off and shall have the turn;
 * `decide-again`: the account is no longer what was decided on.
 */
export type Ending = Outcome | 'fenced' | 'decide-again';

/** The attempt appends nothing more. */
export interface Ended {
  readonly ended: Ending;
}

/** One try of a command under its own attempt id. There is one executor per attempt id. */
export class Attempt {
  readonly deps: Deps;
  readonly command: AccountCommand;
  readonly attemptId: string;
  #prepared = false;
  #minted: DataKey | undefined;
  #conflicts = 0;

  constructor(deps: Deps, command: AccountCommand) {
    this.deps = deps;
    this.command = command;
    this.attemptId = deps.newId();
  }

  get contender(): Contender {
    const { accountId, cause } = this.command;
    return { accountId, attemptId: this.attemptId, cause };
  }

  /** The account as its stream says now. */
  load(): Promise<LoadedAccount> {
    const { accounts } = this.deps;
    const { accountId, opened } = this.command;
    return opened ? accounts.loadOpened(accountId) : accounts.load(accountId);
  }

  /** What a fresh account looks like without a read. */
  absent(): LoadedAccount {
    return absentAccount(this.command.accountId);
  }

  /** The rule's own refusal first; then whether the session that asks is still alive (H3). */
  async ask(loaded: LoadedAccount): Promise<Result<readonly AccountEvent[], AccountRefusal>> {
    const { decide } = this.command;
    const decision = decide(loaded.account, this.attemptId);
    if (!decision.ok || (await this.#stillSignedIn(loaded))) return decision;
    return refuse({ code: 'session-ended' });
  }

  /** An event of the stream ends a session, and so does its owner, who only takes the row out of the vault. */
  async #stillSignedIn({ account }: LoadedAccount): Promise<boolean> {
    const { deps, command } = this;
    if (!command.session || account.status === 'absent') return true;
    const { sessionId, provedRevision } = command.session;
    if (provedRevision < account.sessionsEndedAt) return false;
    return deps.vault.sessions.isAlive(sessionId, deps.clock());
  }

  /** One more fold after a conflict: what may be appended now, or how the attempt ended meanwhile. */
  async decideAnew(last: Decided): Promise<Decided | Ended> {
    await this.#conflicted();
    const before = await this.load();
    const fate = before.fates.get(this.attemptId);
    if (fate === 'committed') return { ended: done(last, revisionOf(before)) };
    if (fate === 'fenced') return { ended: 'fenced' };
    const decision = await this.ask(before);
    if (!decision.ok) return { ended: refused(decision.refusal) };
    return decision.value.length === 0
      ? { ended: doneAlready(before) }
      : { before, events: decision.value };
  }

  /** The append of the decided events at the revision they were decided on, sealed after their ids are known. */
  async accountWrite({ before, events }: Decided): Promise<StreamWrite> {
    await this.#prepare();
    const seal = await this.#seal(before, events);
    const { stream } = before.head;
    return writeAt(before.head, this.attemptId, {
      cause: this.command.cause,
      drafts: events.map((event) => ({
        type: event.type,
        v: currentVersion(event.type),
        // What comes of a consent is nobody's doing but ours, whoever's wish it follows from.
        actor: event.type === 'GrantRevoked' ? 'system' : undefined,
        data: (eventId) => encodeAccountEvent(event, { stream, eventId }, seal),
      })),
    });
  }

  /** After three fresh reads somebody else shall have the turn (F16). */
  async #conflicted(): Promise<void> {
    this.#conflicts += 1;
    if (this.#conflicts > CONFLICTS) throw new TryAgain('the account changes too fast');
    await this.deps.sleep(Math.random() * 20 * this.#conflicts);
  }

  /** Takes away what this attempt put into the vault. Only where it can never commit any more. */
  async abandon(): Promise<void> {
    if (this.#prepared) await this.command.abandon?.(this.attemptId);
  }

  async #prepare(): Promise<void> {
    if (this.#prepared) return;
    this.#prepared = true;
    this.#minted = await this.command.prepare?.(this.attemptId);
  }

  async #seal({ account }: LoadedAccount, events: readonly AccountEvent[]): Promise<Seal> {
    if (this.#minted) return this.#minted.seal.bind(this.#minted);
    if (account.status === 'absent') throw new Error('a new account needs a key of its own');
    // A key is asked for where something is sealed with it.
    if (!events.some(hasPersonalPart)) return sealNothing;
    const key = await this.deps.vault.keys.get(account.keyId);
    return key === 'erased' ? sealNothing : key.seal.bind(key);
  }
}

/** Facts without a personal part may still be told of an account whose key is gone. */
const sealNothing: Seal = () => {
  throw new Error('no key seals this');
};

/** The answer once the account's own events are in its stream. */
export const done = ({ before, events }: Decided, revision: number): Done => ({
  ok: true,
  events,
  before,
  revision,
});

/** The answer where the wish was already true. */
export const doneAlready = (before: LoadedAccount): Done =>
  done({ before, events: [] }, revisionOf(before));
