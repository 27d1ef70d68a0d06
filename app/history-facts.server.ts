import type { AccountEvent, Unopened } from '../domain/account/events.ts';
import { unreachable } from '../domain/result.ts';
import type { HistoryEntry as Recorded } from '../commands/load-account.ts';
import type { AppContext } from './context.ts';
import { deviceOf } from './device.server.ts';
import { linkedProfiles } from './linked-profiles.server.ts';
import type { Way } from './pages/device-text.ts';
import type { From, HistoryFact } from './pages/history-entry.ts';
import type { Fact } from './pages/history-text.ts';
import { knownAs, providerLabel } from './ways-in.server.ts';

/** Turns recorded events into what the history page tells. */
export class FactReader {
  readonly #context: AppContext;
  readonly #profiles: ReturnType<typeof linkedProfiles>;

  constructor(context: AppContext, history: readonly Recorded[]) {
    this.#context = context;
    this.#profiles = linkedProfiles(history);
  }

  entryOf({ event, revision, at, recorded }: Recorded): HistoryFact {
    return {
      kind: 'fact',
      eventId: recorded.id,
      revision,
      at,
      actor: recorded.metadata.actor,
      fact: this.#factOf(event),
      from: fromOf(event),
    };
  }

  #wayOf({ provider, identityId }: { provider: string; identityId: string }): Way {
    const profile = this.#profiles.get(identityId) ?? 'closed';
    const name = providerLabel(this.#context, provider);
    return { kind: 'provider', name, handle: knownAs(profile) };
  }

  #factOf(event: AccountEvent): Fact {
    switch (event.type) {
      case 'UserRegistered': {
        const { type, method } = event;
        return {
          type,
          way: method.kind === 'password' ? { kind: 'password' } : this.#wayOf(method),
        };
      }
      case 'ProviderLinked':
      case 'MethodRestored':
        return { type: event.type, way: this.#wayOf(event) };
      case 'ProviderUnlinked':
        return { type: event.type, way: this.#wayOf(event), reason: event.reason };
      case 'MethodSuspended':
        return { type: event.type, way: this.#wayOf(event), reason: event.reason };
      case 'GrantRevoked':
        return { type: event.type, way: this.#wayOf(event), outcome: event.outcome };
      default:
        return ownFact(event);
    }
  }
}

/** Facts that speak of no identity. */
type OwnEvent = Exclude<AccountEvent, { identityId: string } | { type: 'UserRegistered' }>;

function ownFact(event: OwnEvent): Fact {
  switch (event.type) {
    case 'PasswordSet':
      return { type: event.type, reason: event.reason };
    case 'ProfileChanged':
      return { type: event.type, name: opened(event.personal)?.name ?? null };
    case 'EmailChanged':
      return { type: event.type, email: opened(event.personal)?.email ?? null };
    case 'UsernameChanged':
      return { type: event.type, username: opened(event.personal)?.username ?? null };
    case 'DeletionRequested':
      return { type: event.type, eraseAt: event.eraseAt };
    case 'RoleGranted':
    case 'RoleRevoked':
      return { type: event.type, role: event.role, by: opened(event.personal)?.by };
    case 'PasswordRemoved':
    case 'DeletionCancelled':
    case 'AccountDeleted':
    case 'AttemptFenced':
      return { type: event.type };
    default:
      return unreachable(event);
  }
}

/** A personal part, or null where its words are erased. */
const opened = <Personal>(personal: Personal | Unopened): Personal | null =>
  personal === 'erased' || personal === 'closed' ? null : personal;

function fromOf({ personal }: AccountEvent): From {
  if (personal === 'erased' || personal === 'closed') return 'erased';
  return 'from' in personal && personal.from ? deviceOf(personal.from) : null;
}
