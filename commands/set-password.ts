import { setPassword as rule } from '../domain/account/set-password.ts';
import type { SignedIn } from './asking.ts';
import type { PasswordChanged } from './change-password.ts';
import type { Deps } from './deps.ts';
import type { Guarded } from './guard.ts';
import type { Refused } from './outcome.ts';
import { storePassword } from './store-password.ts';

/**
 * Gives an account its first password. The caller has made sure of a fresh proof.
 * Refusals: `password-already-set`, `session-ended`, `account-not-active`.
 */
export async function setPassword(
  deps: Deps,
  asking: SignedIn & Guarded,
  password: string,
): Promise<PasswordChanged | Refused> {
  const { session, account } = asking;
  const stored = await storePassword(deps, asking, {
    accountId: session.accountId,
    keyId: account.keyId,
    password,
    session,
    rule,
  });
  if (!stored.ok) return stored;
  const issued = await deps.vault.sessions.reissue(session.sessionId, {
    provedRevision: stored.revision,
    method: session.method,
  });
  return { ok: true, issued };
}
