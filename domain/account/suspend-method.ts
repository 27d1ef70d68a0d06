import { ok, refuse, type Result } from '../result.ts';
import type { Account } from './account.ts';
import { identityOf } from './account-methods.ts';
import type { SuspendMethod } from './commands.ts';
import type { AccountEvent } from './events.ts';
import type { AccountRefusal } from './refusals.ts';
import { isLiving } from './is-living.ts';

/**
 * Closes a way in without removing it, while closing too. Asks nothing about other ways in: see usable-way-in.ts.
 * A provider's word outweighs a recovery's, since only a new round trip there answers it.
 */
export function suspendMethod(
  { identityId, reason, from }: SuspendMethod,
  account: Account,
): Result<readonly AccountEvent[], AccountRefusal> {
  if (!isLiving(account)) {
    return refuse({ code: 'account-not-active' });
  }
  const held = identityOf(account, identityId);
  if (!held) return refuse({ code: 'method-not-linked' });
  if (held.suspended === 'provider' || held.suspended === reason) return ok([]);

  const { provider } = held;
  return ok([{ type: 'MethodSuspended', provider, identityId, reason, personal: { from } }]);
}
