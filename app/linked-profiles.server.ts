import { broughtIdentity } from '../domain/account/brought-identity.ts';
import type { IdentityProfile, Unopened } from '../domain/account/events.ts';
import type { HistoryEntry } from '../commands/history-entry.ts';

type Profiles = ReadonlyMap<string, IdentityProfile | Unopened>;

/** What each identity was called when it was last linked: later events name only its key. */
export const linkedProfiles = (history: readonly Pick<HistoryEntry, 'event'>[]): Profiles =>
  new Map(
    history.flatMap(({ event }) => {
      const brought = broughtIdentity(event);
      return brought ? [[brought.identityId, brought.profile] as const] : [];
    }),
  );
