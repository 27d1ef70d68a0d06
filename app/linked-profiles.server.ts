import { broughtIdentity } from '../domain/account/brought-identity.ts';
import type { IdentityProfile, Unopened } from '../domain/account/events.ts';
import type { HistoryEntry } from '../commands/history-entry.ts';

type Profiles = ReadonlyMap<string, IdentityProfile | Unopened>;

/** What each identity was last called: events that take it away name only its key. */
export function linkedProfiles(history: readonly Pick<HistoryEntry, 'event'>[]): Profiles {
  const profiles = new Map<string, IdentityProfile | Unopened>();
  for (const { event } of history) {
    const brought = broughtIdentity(event);
    if (brought) profiles.set(brought.identityId, brought.profile);
  }
  return profiles;
}
