import type { AccountEvent, IdentityProfile } from '../domain/account/events.ts';
import type { Deps } from './deps.ts';

/** The subject of every identity that an account ever had, by the identity's key; none where its key was erased. */
export async function subjectsOf(
  { accounts }: Pick<Deps, 'accounts'>,
  accountId: string,
): Promise<ReadonlyMap<string, string>> {
  const subjects = new Map<string, string>();
  for (const { event } of await accounts.history(accountId)) {
    const linked = linkedBy(event);
    if (linked?.profile) subjects.set(linked.identityId, linked.profile.subject);
  }
  return subjects;
}

interface Linked {
  readonly identityId: string;
  readonly profile: IdentityProfile | undefined;
}

function linkedBy(event: AccountEvent): Linked | undefined {
  if (event.type === 'ProviderLinked') {
    const { identityId, personal } = event;
    return { identityId, profile: typeof personal === 'string' ? undefined : personal.identity };
  }
  if (event.type !== 'UserRegistered' || event.method.kind !== 'identity') return undefined;
  const { method, personal } = event;
  return {
    identityId: method.identityId,
    profile: typeof personal === 'string' ? undefined : personal.identity,
  };
}
