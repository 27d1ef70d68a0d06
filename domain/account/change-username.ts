import { ok, refuse, type Result } from '../result.ts';
import type { Account } from './account.ts';
import type { ChangeUsername } from './commands.ts';
import type { AccountEvent } from './events.ts';
import type { AccountRefusal } from './refusals.ts';

/**
 * Changes the username. The same key in another spelling claims nothing and names the attempt that holds it
 * already; see change-email.ts. Usernames are kept canonical, so this is for accounts of older rules.
 */
export function changeUsername(
  { attemptId, username, from }: ChangeUsername,
  account: Account,
): Result<readonly AccountEvent[], AccountRefusal> {
  if (account.status !== 'active') return refuse({ code: 'account-not-active' });

  const { profile } = account;
  const owned = account.username.key === username.key ? account.username : undefined;
  const sameSpelling = typeof profile !== 'string' && profile.username === username.value;
  if (owned && sameSpelling) return ok([]);

  return ok([
    {
      type: 'UsernameChanged',
      attemptId: owned?.attemptId ?? attemptId,
      usernameKey: username.key,
      personal: { username: username.value, from },
    },
  ]);
}
