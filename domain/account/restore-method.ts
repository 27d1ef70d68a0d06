import { ok, refuse, type Result } from '../result.ts';
import type { Account } from './account.ts';
import { identityOf } from './account-methods.ts';
import type { RestoreMethod } from './commands.ts';
import type { AccountEvent } from './events.ts';
import type { AccountRefusal } from './refusals.ts';

/** Opens a suspended way in again. What its provider took back comes back only by a new round trip there (H13). */
export function restoreMethod(
  { identityId, proved, from }: RestoreMethod,
  account: Account,
): Result<readonly AccountEvent[], AccountRefusal> {
  if (account.status !== 'active') return refuse({ code: 'account-not-active' });

  const held = identityOf(account, identityId);
  if (!held) return refuse({ code: 'method-not-linked' });
  if (held.suspended === null) return refuse({ code: 'method-not-suspended' });

  const { provider } = held;
  if (held.suspended === 'provider' && !proved) {
    return refuse({ code: 'suspended-by-provider' });
  }
  return ok([{ type: 'MethodRestored', provider, identityId, personal: { from } }]);
}
