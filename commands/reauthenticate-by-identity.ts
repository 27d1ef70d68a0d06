import { identityOf, passwordOf } from '../domain/account/account-methods.ts';
import type { LivingAccount } from '../domain/account/account.ts';
import type { ProviderName } from '../domain/account/events.ts';
import { usable } from '../domain/account/usable-way-in.ts';
import type { ProofStrength } from '../vault/vault.ts';
import type { Arrived } from './arrive.ts';
import type { SignedIn } from './asking.ts';
import type { Deps } from './deps.ts';
import type { Guarded } from './guard.ts';
import { keepTokens } from './keep-tokens.ts';
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
 * left here; anything else is weak, good for the one page that asked, and refused where the account has a surer proof.
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
  if (how === 'weak' && hasSurerProof(deps, account, method.provider)) {
    return { to: 'refused', why: 'reauth-too-weak' };
  }
  await keepTokens(deps, { accountId: session.accountId, ...method }, returned.proved.tokens);
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

/** Providers that never sign when a person proved themselves. */
const UNSIGNED: readonly ProviderName[] = ['github', 'facebook'];

export const neverSignsPresence = (provider: ProviderName): boolean => UNSIGNED.includes(provider);

/**
 * Is there a password, or, beside a provider that never signs presence, a usable identity at one that may (H4)? One that
 * may and did not is still taken weakly: its operator may not have it in hand, and nobody is to be shut out by that.
 */
export function hasSurerProof(
  { policy }: Pick<Deps, 'policy'>,
  account: LivingAccount,
  provider: ProviderName,
): boolean {
  if (passwordOf(account)) return true;
  if (!neverSignsPresence(provider)) return false;
  return account.methods.some(
    (method) =>
      method.kind === 'identity' &&
      usable(method, policy.configured) &&
      !neverSignsPresence(method.provider),
  );
}

function strengthOf({ handshake, proved }: Returned): ProofStrength {
  const { provedAt } = proved;
  if (!provedAt) return 'weak';
  return provedAt.getTime() >= handshake.startedAt.getTime() - LEEWAY_MS ? 'strong' : 'weak';
}
