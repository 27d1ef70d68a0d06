import type { PasswordMethod } from '../domain/account/account.ts';
import type { IssuedSession, Proof, Session, SessionMethod } from '../vault/vault.ts';
import { afterTheEvent } from './after-the-event.ts';
import type { Deps } from './deps.ts';

/**
 * After an event that ended every session of the account: the rows of the others go, so that an older copy of the
 * vault revives none, and the acting one lives on under a new token, proved at that event. `proof` where the change
 * itself asked for the password: that counts as re-authentication. Undefined if it was ended meanwhile. A crash before this leaves no session alive, since the event itself ended them.
 */
export async function renewActingSession(
  { vault }: Pick<Deps, 'vault'>,
  session: Session,
  proved: {
    readonly revision: number;
    readonly method?: SessionMethod;
    readonly proof?: Proof;
  },
): Promise<IssuedSession | undefined> {
  const { accountId, sessionId, method } = session;
  return afterTheEvent(() =>
    vault.sessions.reissueAlone(accountId, sessionId, {
      provedRevision: proved.revision,
      method: proved.method ?? method,
      proof: proved.proof,
    }),
  );
}

/** Deletes a password hash that no event names any more. */
export async function dropCredential(
  { vault }: Pick<Deps, 'vault'>,
  method: PasswordMethod | undefined,
): Promise<void> {
  if (method) await afterTheEvent(() => vault.credentials.delete([method.credentialId]));
}
