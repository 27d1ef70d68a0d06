import { ok, refuse, type Result } from '../result.ts';
import type { Account } from './account.ts';
import { passwordOf } from './account-methods.ts';
import type { RecoverPassword } from './commands.ts';
import type { AccountEvent } from './events.ts';
import type { AccountRefusal } from './refusals.ts';
import { isLiving } from './is-living.ts';

/**
 * Sets a password by a one-time link, while closing too. Nobody knows who else holds a way in, so every other
 * one is suspended until its owner restores it.
 */
export function recoverPassword(
  { attemptId, credentialId, from }: RecoverPassword,
  account: Account,
): Result<readonly AccountEvent[], AccountRefusal> {
  if (!isLiving(account)) {
    return refuse({ code: 'account-not-active' });
  }
  if (passwordOf(account)?.credentialId === credentialId) return ok([]);

  const suspensions = account.methods
    .filter((method) => method.kind === 'identity')
    .filter(({ suspended }) => suspended === null)
    .map(({ provider, identityId }): AccountEvent => ({
      type: 'MethodSuspended',
      provider,
      identityId,
      reason: 'recovery',
      personal: { from },
    }));
  return ok([
    {
      type: 'PasswordSet',
      attemptId,
      credentialId,
      scheme: 'bcrypt-hmac-sha384',
      reason: 'recovery',
      personal: { from },
    },
    ...suspensions,
  ]);
}
