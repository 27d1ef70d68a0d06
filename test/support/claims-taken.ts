import type { OwnedClaim } from '../../domain/account/account.ts';
import type { AccountEvent } from '../../domain/account/events.ts';

/** What events take, told from their fields alone: a second opinion on the fold. */
export function claimsTakenBy(events: readonly AccountEvent[]): readonly OwnedClaim[] {
  const held = new Map<string, OwnedClaim>();
  for (const event of events) {
    if (event.type === 'AccountDeleted') held.clear();
    if (event.type === 'ProviderUnlinked') held.delete(event.identityId);
    for (const claim of taken(event)) held.set(placeOf(claim), claim);
  }
  return [...held.values()];
}

/** One e-mail and one username an account has; each identity has a place of its own. */
const placeOf = ({ kind, key }: OwnedClaim) => (kind === 'identity' ? key : kind);

function taken(event: AccountEvent): readonly OwnedClaim[] {
  if (!('attemptId' in event)) return [];
  const { attemptId } = event;
  const identity = 'method' in event ? event.method : event;
  return [
    ...('emailKey' in event && event.emailKey !== null
      ? [{ kind: 'email', key: event.emailKey, attemptId } as const]
      : []),
    ...('usernameKey' in event
      ? [{ kind: 'username', key: event.usernameKey, attemptId } as const]
      : []),
    ...('identityId' in identity
      ? [{ kind: 'identity', key: identity.identityId, attemptId } as const]
      : []),
  ];
}
