import { ok, refuse, type Result } from '../result.ts';
import type { Account } from './account.ts';
import { passwordOf } from './account-methods.ts';
import type { SetPassword } from './commands.ts';
import type { AccountEvent } from './events.ts';
import type { AccountRefusal } from './refusals.ts';

/** Gives an account without a password its first one. Replacing one asks for the old: change-password.ts. */
export function setPassword(
  { attemptId, credentialId, from }: SetPassword,
  account: Account,
): Result<readonly AccountEvent[], AccountRefusal> {
  if (account.status !== 'active') return refuse({ code: 'account-not-active' });

  const current = passwordOf(account);
  if (current?.credentialId === credentialId) return ok([]);
  if (current) return refuse({ code: 'password-already-set' });

  return ok([
    {
      type: 'PasswordSet',
      attemptId,
      credentialId,
      scheme: 'bcrypt-hmac-sha384',
      reason: 'set',
      personal: { from },
    },
  ]);
}
