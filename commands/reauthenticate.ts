import type { IssuedSession } from '../vault/vault.ts';
import type { SignedIn } from './asking.ts';
import { inBackground } from './background.ts';
import type { Deps } from './deps.ts';
import type { Guarded } from './guard.ts';
import { revisionOf } from './load-account.ts';
import { wrongProof, type Limited, type WrongProof } from './outcome.ts';
import { verifyPassword } from './verify-password.ts';

export interface Reauthenticated {
  readonly ok: true;
  readonly issued: IssuedSession;
}

/** Proves presence by password: the session gets a new token (ASVS 7.2.4). Runs nothing else (H6). */
export async function reauthenticate(
  deps: Deps,
  asking: SignedIn & Guarded,
  password: string,
): Promise<Reauthenticated | Limited | WrongProof> {
  const proved = await verifyPassword(deps, asking, password);
  if (!proved.ok) return proved;
  return renewAfterProof(deps, asking);
}

/** What a right password in a form is worth: the session counts as just proved, under a new token. */
export async function renewAfterProof(
  deps: Deps,
  asking: SignedIn & Guarded,
): Promise<Reauthenticated | WrongProof> {
  const { session, loaded, account } = asking;
  const issued = await deps.vault.sessions.reauthenticate(session.sessionId, {
    at: deps.clock(),
    how: 'password',
    provedRevision: revisionOf(loaded),
  });
  if (!issued) return wrongProof;
  inBackground(deps, 'recording-activity', () =>
    deps.vault.activity.record({
      accountId: session.accountId,
      keyId: account.keyId,
      kind: 'reauthenticated',
      at: deps.clock(),
      method: { kind: 'password' },
      device: asking.from,
    }),
  );
  return { ok: true, issued };
}
