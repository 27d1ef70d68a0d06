import type { LivingAccount } from '../domain/account/account.ts';
import type { ListedSession, Session } from '../vault/vault.ts';
import type { Deps } from './deps.ts';

/**
 * Does a session live on by what the account's stream says? No later event ended it; a closing session is for a closing
 * account, and any other for an active one: cancelling revives none. One under another key than the account's was
 * prepared by an attempt to register that never came to its event.
 */
export const livesOn = (
  { keyId, provedRevision, closing }: Pick<Session, 'keyId' | 'provedRevision' | 'closing'>,
  account: LivingAccount,
): boolean =>
  keyId === account.keyId &&
  provedRevision >= account.sessionsEndedAt &&
  closing === (account.status === 'closing');

/** An account's sessions that are alive, newest first. */
export async function livingSessions(
  { vault }: Pick<Deps, 'vault'>,
  { accountId, account }: { readonly accountId: string; readonly account: LivingAccount },
  at: Date,
): Promise<readonly ListedSession[]> {
  const all = await vault.sessions.list(accountId, at);
  return all.filter((session) => livesOn(session, account));
}
