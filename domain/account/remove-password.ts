import { ok, refuse, type Result } from '../result.ts';
import type { Account } from './account.ts';
import { passwordOf } from './account-methods.ts';
import type { RemovePassword } from './commands.ts';
import type { AccountEvent } from './events.ts';
import type { AccountRefusal } from './refusals.ts';
import { leavesAWayIn } from './usable-way-in.ts';

/** Takes the password away, as long as another way in stays usable. */
export function removePassword(
  { configured, from }: RemovePassword,
  account: Account,
): Result<readonly AccountEvent[], AccountRefusal> {
  if (account.status !== 'active') return refuse({ code: 'account-not-active' });

  const current = passwordOf(account);
  if (!current) return refuse({ code: 'password-not-set' });
  if (!leavesAWayIn(account, current, configured)) return refuse({ code: 'last-way-in' });

  const { credentialId } = current;
  return ok([{ type: 'PasswordRemoved', credentialId, personal: { from } }]);
}
