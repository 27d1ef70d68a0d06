import { ok, refuse, type Result } from '../result.ts';
import type { Account } from './account.ts';
import { passwordOf } from './account-methods.ts';
import type { ChangePassword } from './commands.ts';
import type { AccountEvent } from './events.ts';
import type { AccountRefusal } from './refusals.ts';

/** Replaces the password that was proved. If another replaced it meanwhile, the proof is of nothing any more. */
export function changePassword(
  { attemptId, credentialId, provedCredentialId, from }: ChangePassword,
  account: Account,
): Result<readonly AccountEvent[], AccountRefusal> {
  if (account.status !== 'active') return refuse({ code: 'account-not-active' });

  const current = passwordOf(account);
  if (!current) return refuse({ code: 'password-not-set' });
  if (current.credentialId === credentialId) return ok([]);
  if (current.credentialId !== provedCredentialId) return refuse({ code: 'session-ended' });

  return ok([
    {
      type: 'PasswordSet',
      attemptId,
      credentialId,
      scheme: 'bcrypt-hmac-sha384',
      reason: 'change',
      personal: { from },
    },
  ]);
}
