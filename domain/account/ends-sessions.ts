import type { AccountEvent, AccountEventType } from './events.ts';

/** Closed on purpose: a new event does not compile until somebody has said what it does to sessions. */
const ending: Readonly<Record<AccountEventType, boolean>> = {
  UserRegistered: false,
  ProviderLinked: false,
  ProviderUnlinked: true,
  MethodSuspended: true,
  MethodRestored: false,
  IdentityRefreshed: false,
  PasswordSet: true,
  PasswordRemoved: true,
  ProfileChanged: false,
  EmailChanged: false,
  UsernameChanged: false,
  DeletionRequested: true,
  DeletionCancelled: false,
  AccountDeleted: true,
  RoleGranted: false,
  RoleRevoked: false,
  GrantRevoked: false,
  AttemptFenced: false,
};

/**
 * Does this event end every session proved before it (design.md 5)? A first password ends none: nothing that
 * opened a session has changed.
 */
export function endsSessions(event: AccountEvent): boolean {
  if (event.type === 'PasswordSet' && event.reason === 'set') return false;
  return ending[event.type];
}
