import { broughtIdentity } from '../domain/account/brought-identity.ts';
import type { Deps } from './deps.ts';

/** The subject of every identity that an account ever had, by the identity's key; none where its key was erased. */
export async function subjectsOf(
  { accounts }: Pick<Deps, 'accounts'>,
  accountId: string,
): Promise<ReadonlyMap<string, string>> {
  const subjects = new Map<string, string>();
  for (const { event } of await accounts.history(accountId)) {
    const brought = broughtIdentity(event);
    if (!brought || typeof brought.profile === 'string') continue;
    subjects.set(brought.identityId, brought.profile.subject);
  }
  return subjects;
}
