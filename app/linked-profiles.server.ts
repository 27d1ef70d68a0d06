import type { AccountEvent, IdentityProfile, Unopened } from '../domain/account/events.ts';
import type { HistoryEntry } from '../commands/load-account.ts';

type Profiles = ReadonlyMap<string, IdentityProfile | Unopened>;

/** What each identity was called when it was last linked: later events name only its key. */
export function linkedProfiles(history: readonly Pick<HistoryEntry, 'event'>[]): Profiles {
  const profiles = new Map<string, IdentityProfile | Unopened>();
  for (const { event } of history) {
    const identityId = identityIn(event);
    const profile = profileIn(event);
    if (identityId && profile) profiles.set(identityId, profile);
  }
  return profiles;
}

function identityIn(event: AccountEvent): string | undefined {
  if (event.type === 'ProviderLinked') return event.identityId;
  const registered = event.type === 'UserRegistered' && event.method;
  return registered && registered.kind === 'identity' ? registered.identityId : undefined;
}

function profileIn(event: AccountEvent): IdentityProfile | Unopened | undefined {
  if (event.type !== 'ProviderLinked' && event.type !== 'UserRegistered') return undefined;
  const { personal } = event;
  return typeof personal === 'string' ? personal : personal.identity;
}
