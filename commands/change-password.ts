import { passwordOf } from '../domain/account/account-methods.ts';
import { changePassword as rule } from '../domain/account/change-password.ts';
import type { IssuedSession } from '../vault/vault.ts';
import type { SignedIn } from './asking.ts';
import type { Deps } from './deps.ts';
import type { Limited, Refused, WrongProof } from './outcome.ts';
import { storePassword } from './store-password.ts';
import { verifyPassword } from './verify-password.ts';
import type { Guarded } from './guard.ts';
import { dropCredential, renewActingSession } from './renew-sessions.ts';

export interface PasswordChanged {
  readonly ok: true;
  /** The acting session's new token; undefined if that session was ended meanwhile. */
  readonly issued: IssuedSession | undefined;
}

/**
 * Replaces the password by a new one, with the current one as proof. Ends every other session (ASVS 7.4.3).
 * Refusals: `password-not-set`, `session-ended`, `account-not-active`. Throws Unavailable, TryAgain, `overloaded`.
 */
export async function changePassword(
  deps: Deps,
  asking: SignedIn & Guarded,
  passwords: { readonly current: string; readonly next: string },
): Promise<PasswordChanged | Refused | Limited | WrongProof> {
  const proved = await verifyPassword(deps, asking, passwords.current);
  if (!proved.ok) return proved;
  const { session } = asking;
  const stored = await storePassword(deps, asking, {
    accountId: session.accountId,
    keyId: asking.account.keyId,
    password: passwords.next,
    session,
    rule: (command, account) =>
      rule({ ...command, provedCredentialId: proved.credentialId }, account),
  });
  if (!stored.ok) return stored;
  const { revision, credentialId } = stored;
  const issued = await renewActingSession(deps, session, {
    revision,
    proof: proved.proof,
    method:
      session.method.kind === 'password' ? { kind: 'password', credentialId } : session.method,
  });
  await dropCredential(deps, passwordOf(asking.account));
  return { ok: true, issued };
}
