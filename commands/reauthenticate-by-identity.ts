import { identityOf, passwordOf } from '../domain/account/account-methods.ts';
import { usable } from '../domain/account/usable-way-in.ts';
import type { ProofStrength } from '../vault/vault.ts';
import type { Arrived } from './arrive.ts';
import type { SignedIn } from './asking.ts';
import type { Deps } from './deps.ts';
import type { Guarded } from './guard.ts';
import { revisionOf } from './load-account.ts';
import type { Returned } from './return-from-provider.ts';

/** A provider's clock may differ from ours by this much. */
const LEEWAY_MS = 30_000;

export interface IdentityProof {
  readonly returned: Returned;
  readonly identityId: string;
  readonly signedIn: SignedIn & Guarded;
}

/**
 * Presence proved at a provider (H4): strong only where the provider signs that the person proved themselves after they
 * left here; anything else is weak, good for the one page that asked, and refused where the account has a password.
 */
export async function reauthenticateByIdentity(
  deps: Deps,
  { returned, identityId, signedIn }: IdentityProof,
): Promise<Arrived> {
  const { account, session, loaded } = signedIn;
  const method = identityOf(account, identityId);
  if (!method || !usable(method, deps.policy.configured)) {
    return { to: 'refused', why: 'reauth-other-identity' };
  }
  const how = strengthOf(returned);
  if (how === 'weak' && passwordOf(account)) return { to: 'refused', why: 'reauth-too-weak' };
  const at = deps.clock();
  const issued = await deps.vault.sessions.reauthenticate(session.sessionId, {
    at,
    how,
    provedRevision: revisionOf(loaded),
    page: how === 'weak' ? returned.handshake.redirectTo : null,
  });
  if (!issued) return { to: 'refused', why: 'reauth-other-identity' };
  const { provider } = method;
  await deps.vault.activity.record({
    accountId: session.accountId,
    keyId: account.keyId,
    kind: how === 'weak' ? 'reauthenticated-weakly' : 'reauthenticated',
    at,
    method: { kind: 'identity', provider, identityId },
    device: signedIn.from,
  });
  return { to: 'reauthenticated', token: issued.token };
}

function strengthOf({ handshake, proved }: Returned): ProofStrength {
  const { provedAt } = proved;
  if (!provedAt) return 'weak';
  return provedAt.getTime() >= handshake.startedAt.getTime() - LEEWAY_MS ? 'strong' : 'weak';
}
