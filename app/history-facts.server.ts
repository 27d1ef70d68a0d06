import type { AccountEvent, IdentityProfile, Unopened } from '../domain/account/events.ts';
import { unreachable } from '../domain/result.ts';
import type { HistoryEntry as Recorded } from '../commands/history-entry.ts';
import { deviceOf } from './device.server.ts';
import type { Way } from './pages/device-text.ts';
import type { From, HistoryFact } from './pages/history-entry.ts';
import type { Fact, Told } from './pages/history-text.ts';
import { knownAs } from './ways-in.server.ts';

/** A personal value that a sentence would tell. */
export type PersonalValue =
  | { readonly of: 'email' | 'username' | 'name'; readonly value: string }
  /** An identity outlives what it was called: `called` is the name that would be told, if any. */
  | {
      readonly of: 'identity';
      readonly identityId: string;
      readonly called: string | undefined;
    };

/** How the facts of one account are told to one reader. */
export interface Telling {
  /** What a provider is called to people. */
  readonly labelOf: (provider: string) => string;
  /** What an identity was called when it came: later events name only its key. */
  readonly profileOf: (identityId: string) => IdentityProfile | Unopened;
  /** Whether this reader may read it now; what may not be read is `hidden` (H19). */
  readonly mayTell: (value: PersonalValue) => boolean;
}

/** For whoever reads facts whose seals stay closed: there is nothing personal to tell. */
export const closedTelling = (labelOf: Telling['labelOf']): Telling => ({
  labelOf,
  profileOf: () => 'closed',
  mayTell: () => true,
});

/**
 * A fact as history pages tell it. What it may say of a person comes from the fact alone: `historyEntry(recorded, open)`
 * opens its seal, without `open` it stays closed and the sentence says "sealed".
 */
export function factEntry(recorded: Recorded, telling: Telling): HistoryFact {
  const { event, revision, at } = recorded;
  return {
    kind: 'fact',
    eventId: recorded.recorded.id,
    revision,
    at,
    actor: recorded.recorded.metadata.actor,
    fact: factOf(event, telling),
    from: fromOf(event),
  };
}

type IdentityEvent = Extract<AccountEvent, { identityId: string }>;

/** The identity that a fact speaks of, if it speaks of one. */
export function identityOf(event: AccountEvent): string | undefined {
  if ('identityId' in event) return event.identityId;
  const method = event.type === 'UserRegistered' ? event.method : undefined;
  return method?.kind === 'identity' ? method.identityId : undefined;
}

function wayOf({ provider, identityId }: Omit<IdentityEvent, 'type'>, telling: Telling): Way {
  const handle = knownAs(telling.profileOf(identityId));
  const name = telling.labelOf(provider);
  if (handle === undefined) return { kind: 'provider', name };
  const told = telling.mayTell({ of: 'identity', identityId, called: handle });
  return told ? { kind: 'provider', name, handle } : { kind: 'provider', name, hidden: true };
}

function factOf(event: AccountEvent, telling: Telling): Fact {
  switch (event.type) {
    case 'UserRegistered': {
      const { type, method, personal } = event;
      if (method.kind === 'password') return { type, way: { kind: 'password' } };
      return { type, way: wayOf({ ...method, personal }, telling) };
    }
    case 'ProviderLinked':
    case 'MethodRestored':
    case 'IdentityRefreshed':
      return { type: event.type, way: wayOf(event, telling) };
    case 'ProviderUnlinked':
      return { type: event.type, way: wayOf(event, telling), reason: event.reason };
    case 'MethodSuspended':
      return { type: event.type, way: wayOf(event, telling), reason: event.reason };
    case 'GrantRevoked':
      return { type: event.type, way: wayOf(event, telling), outcome: event.outcome };
    default:
      return ownFact(event, telling);
  }
}

/** Facts that speak of no identity. */
type OwnEvent = Exclude<AccountEvent, { identityId: string } | { type: 'UserRegistered' }>;

function ownFact(event: OwnEvent, telling: Telling): Fact {
  switch (event.type) {
    case 'PasswordSet':
      return { type: event.type, reason: event.reason };
    case 'ProfileChanged':
      return { type: event.type, name: told('name', opened(event.personal, 'name'), telling) };
    case 'EmailChanged':
      return { type: event.type, email: told('email', opened(event.personal, 'email'), telling) };
    case 'UsernameChanged': {
      const { type, personal } = event;
      return { type, username: told('username', opened(personal, 'username'), telling) };
    }
    case 'DeletionRequested':
      return { type: event.type, eraseAt: event.eraseAt };
    case 'RoleGranted':
    case 'RoleRevoked': {
      const { type, role, personal } = event;
      return { type, role, by: typeof personal === 'string' ? undefined : personal.by };
    }
    case 'PasswordRemoved':
    case 'DeletionCancelled':
    case 'AccountDeleted':
    case 'AttemptFenced':
      return { type: event.type };
    default:
      return unreachable(event);
  }
}

type Opened = { readonly value: string } | Unopened;

const opened = <Name extends string>(
  personal: { readonly [Key in Name]: string } | Unopened,
  name: Name,
): Opened => (typeof personal === 'string' ? personal : { value: personal[name] });

function told(of: 'email' | 'username' | 'name', found: Opened, telling: Telling): Told {
  if (found === 'erased') return { untold: 'erased' };
  if (found === 'closed') return { untold: 'sealed' };
  return telling.mayTell({ of, value: found.value }) ? found.value : { untold: 'hidden' };
}

function fromOf({ personal }: AccountEvent): From {
  if (personal === 'erased') return 'erased';
  if (personal === 'closed') return 'sealed';
  return 'from' in personal && personal.from ? deviceOf(personal.from) : null;
}
