import type { AccountEvent, IdentityProfile, Unopened } from './events.ts';
import { profileOf } from './evolve-methods.ts';

/** An identity as it came to the account, with what its provider said of the person then. */
export interface BroughtIdentity {
  readonly identityId: string;
  readonly profile: IdentityProfile | Unopened;
}

/**
 * The identity that an event brings to the account, or says anew what it is called, if it does either. Later events name
 * only its key.
 */
export function broughtIdentity(event: AccountEvent): BroughtIdentity | undefined {
  if (event.type === 'ProviderLinked' || event.type === 'IdentityRefreshed') {
    return { identityId: event.identityId, profile: profileOf(event.personal) };
  }
  if (event.type !== 'UserRegistered' || event.method.kind !== 'identity') return undefined;
  return { identityId: event.method.identityId, profile: profileOf(event.personal) };
}
