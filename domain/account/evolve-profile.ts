import type { Profile } from './account.ts';
import type { EventOf, Unopened } from './events.ts';

type ProfileEvent = EventOf<
  'UserRegistered' | 'ProfileChanged' | 'EmailChanged' | 'UsernameChanged'
>;

/**
 * The profile after an event that speaks of it. A profile is whole or not there: one part that was not opened
 * closes all of it, and `erased` is for ever.
 */
export function evolveProfile(
  profile: Profile | Unopened,
  { personal }: ProfileEvent,
): Profile | Unopened {
  if (profile === 'erased' || personal === 'erased') return 'erased';
  if (profile === 'closed' || personal === 'closed') return 'closed';
  const { email, username, name } = { ...profile, ...personal };
  return { email, username, name };
}
