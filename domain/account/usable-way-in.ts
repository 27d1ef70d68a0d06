import type { LivingAccount, Method } from './account.ts';
import { passwordOf, identityOf } from './account-methods.ts';
import type { MethodRef, ProviderName } from './events.ts';

/** Can a person sign in this way now? A password always; an identity while not suspended and its provider is configured. */
export function usable(method: Method, configured: readonly ProviderName[]): boolean {
  if (method.kind === 'password') return true;
  return method.suspended === null && configured.includes(method.provider);
}

/**
 * The one rule that every removal by a person asks: another way in must stay usable.
 * A suspension does not ask it. A provider that takes its grant back, and a recovery that distrusts every other
 * way in, state what is so; refusing them would leave a way in open that nobody vouches for. The identity stays
 * linked meanwhile, and an operator's recovery link is the way back.
 */
export function leavesAWayIn(
  account: Pick<LivingAccount, 'methods'>,
  without: MethodRef,
  configured: readonly ProviderName[],
): boolean {
  const removed =
    without.kind === 'password' ? passwordOf(account) : identityOf(account, without.identityId);
  return account.methods.some((method) => method !== removed && usable(method, configured));
}
