import { ok, refuse, type Result } from '../result.ts';
import type { Account } from './account.ts';
import type { ChangeProfile } from './commands.ts';
import type { AccountEvent } from './events.ts';
import type { AccountRefusal } from './refusals.ts';

/** Changes the display name. A profile that is not open cannot be compared, so the change is written. */
export function changeProfile(
  { name, from }: ChangeProfile,
  account: Account,
): Result<readonly AccountEvent[], AccountRefusal> {
  if (account.status !== 'active') return refuse({ code: 'account-not-active' });

  const { profile } = account;
  if (typeof profile !== 'string' && profile.name === name) return ok([]);

  return ok([{ type: 'ProfileChanged', personal: { name, from } }]);
}
