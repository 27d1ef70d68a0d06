import { broughtIdentity } from '../domain/account/brought-identity.ts';
import { identityOf as identityIn } from '../domain/account/account-methods.ts';
import type { Account } from '../domain/account/account.ts';
import type { AccountEvent, IdentityProfile, Unopened } from '../domain/account/events.ts';
import { auditEntry } from '../commands/audit-stream.ts';
import { historyEntry } from '../commands/history-entry.ts';
import type { AccountReader, LoadedAccount } from '../commands/load-account.ts';
import type { OpenSeal } from '../eventstore/codec.ts';
import type { RecordedEvent } from '../eventstore/event-store.ts';
import type { Activity } from '../vault/vault-activity.ts';
import { deviceOf } from './device.server.ts';
import { factEntry, identityOf, type PersonalValue } from './history-facts.server.ts';
import type { Found } from './history-sources.server.ts';
import { knownAs } from './ways-in.server.ts';
import type { HistoryAttempt, HistoryEntry, HistoryLook } from './pages/history-entry.ts';
import { isLiving } from '../domain/account/is-living.ts';

export interface TellerParts {
  readonly accounts: AccountReader;
  /** Personal parts opened: what the account has now may always be told. */
  readonly loaded: LoadedAccount;
  readonly open: OpenSeal | undefined;
  readonly labelOf: (provider: string) => string;
  /** The owner proved who they are just now: what the account no longer has is told too (H19). */
  readonly proved: boolean;
}

/** Opens what was found in the history of one account, for its owner. */
export class HistoryTeller {
  readonly #parts: TellerParts;
  readonly #profiles = new Map<string, IdentityProfile | Unopened>();
  #hid = false;

  constructor(parts: TellerParts) {
    this.#parts = parts;
  }

  /** Whether something was kept from view so far. */
  get hid(): boolean {
    return this.#hid;
  }

  /** Throws PoisonEvent and the vault's faults. */
  async tell(found: Found): Promise<HistoryEntry> {
    switch (found.source) {
      case 'attempts':
        return attemptOf(found.activity, this.#parts.labelOf);
      case 'looks':
        return lookOf(found.recorded);
      case 'facts':
        return this.#factOf(found.recorded);
    }
  }

  /** Whether the reader may read a value now. */
  mayTell(value: PersonalValue): boolean {
    const tells = this.#parts.proved || isHeld(this.#parts.loaded.account, value);
    if (!tells) this.#hid = true;
    return tells;
  }

  async #factOf(recorded: RecordedEvent): Promise<HistoryEntry> {
    const { open, labelOf } = this.#parts;
    const fact = historyEntry(recorded, open);
    await this.#learn(fact.event);
    return factEntry(fact, {
      labelOf,
      profileOf: (identityId) => this.#profiles.get(identityId) ?? 'closed',
      mayTell: (value) => this.mayTell(value),
    });
  }

  /** What an identity was called stands where it came, which may be pages away. */
  async #learn(event: AccountEvent): Promise<void> {
    const identityId = identityOf(event);
    if (identityId === undefined || this.#profiles.has(identityId)) return;
    const { accounts, loaded, open } = this.#parts;
    const at = loaded.tellers.broughtAt(identityId);
    if (at === undefined) return;
    for await (const recorded of accounts.events(loaded.accountId, { from: at, through: at })) {
      const brought = broughtIdentity(historyEntry(recorded, open).event);
      if (brought) this.#profiles.set(identityId, brought.profile);
    }
  }
}

/** Does the account have this value now? */
export function isHeld(account: Account, value: PersonalValue): boolean {
  if (!isLiving(account)) return false;
  if (value.of === 'identity') {
    const { identityId, called } = value;
    const held = identityIn(account, identityId);
    return held !== undefined && (called === undefined || knownAs(held.profile) === called);
  }
  return typeof account.profile !== 'string' && account.profile[value.of] === value.value;
}

function attemptOf(activity: Activity, labelOf: TellerParts['labelOf']): HistoryAttempt {
  const { activityId, kind, at, method, device } = activity;
  const way =
    method?.kind === 'identity'
      ? { kind: 'provider' as const, name: labelOf(method.provider) }
      : method;
  return {
    kind: 'attempt',
    activityId,
    at: at.toISOString(),
    activity: kind,
    way,
    from: deviceOf(device),
  };
}

function lookOf(recorded: RecordedEvent): HistoryLook {
  const { event } = auditEntry(recorded);
  const how = event.type === 'AccountViewed' ? event.how : undefined;
  const { id, metadata } = recorded;
  return { kind: 'look', how: how ?? 'look', eventId: id, at: metadata.at };
}
