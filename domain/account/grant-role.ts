import { ok, refuse, type Result } from '../result.ts';
import type { Account } from './account.ts';
import type { GrantRole } from './commands.ts';
import type { AccountEvent } from './events.ts';
import type { AccountRefusal } from './refusals.ts';

/** Gives a role. Only an operator asks for it, at the terminal. */
export function grantRole(
  { role, by }: GrantRole,
  account: Account,
): Result<readonly AccountEvent[], AccountRefusal> {
  if (account.status !== 'active') return refuse({ code: 'account-not-active' });
  if (account.roles.includes(role)) return refuse({ code: 'role-already-granted' });

  return ok([{ type: 'RoleGranted', role, personal: { by } }]);
}
