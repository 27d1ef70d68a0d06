import type { IdentityMethod, LivingAccount } from '../domain/account/account.ts';
import type { Asking } from './asking.ts';
import type { Deps } from './deps.ts';
import { revisionOf, type LoadedAccount } from './load-account.ts';
import type { SignedInAnswer } from './sign-in.ts';

export interface IdentitySignIn {
  readonly asking: Asking;
  /** As read after the proof: it owns exactly this identity, usable. */
  readonly holder: LoadedAccount;
  readonly account: LivingAccount;
  readonly method: IdentityMethod;
}

/**
 * A session for somebody whom their provider just vouched for. A provider's sign-in counts for nothing as a proof of
 * presence (H4). An event after the revision that was read ends it.
 */
export async function signInByIdentity(
  deps: Deps,
  { asking, holder, account, method }: IdentitySignIn,
): Promise<SignedInAnswer> {
  const { accountId } = holder;
  const { provider, identityId } = method;
  const closing = account.status === 'closing';
  const issued = await deps.vault.sessions.start({
    accountId,
    keyId: account.keyId,
    method: { kind: 'identity', provider, identityId },
    provedRevision: revisionOf(holder),
    closing,
    at: deps.clock(),
    proof: null,
    device: asking.from,
    told: 'signed-in',
  });
  return { ok: true, accountId, issued, closing };
}
