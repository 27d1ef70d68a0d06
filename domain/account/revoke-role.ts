import { ok, refuse, type Result } from '../result.ts';
import type { Account } from './account.ts';
import type { RevokeRole } from './commands.ts';
import type { AccountEvent } from './events.ts';
import type { AccountRefusal } from './refusals.ts';
import { isLiving } from './is-living.ts';

/** Takes a role back, from a closing account too: cancelling its deletion must not bring the role back. */
export function revokeRole(
  { role, by }: RevokeRole,
  account: Account,
): Result<readonly AccountEvent[], AccountRefusal> {
  if (!isLiving(account)) {
    return refuse({ code: 'account-not-active' });
  }
  if (!account.roles.includes(role)) return refuse({ code: 'role-not-granted' });

  return ok([{ type: 'RoleRevoked', role, personal: { by } }]);
}
