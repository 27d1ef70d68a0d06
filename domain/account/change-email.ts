import { ok, refuse, type Result } from '../result.ts';
import type { Account } from './account.ts';
import type { ChangeEmail } from './commands.ts';
import type { AccountEvent } from './events.ts';
import type { AccountRefusal } from './refusals.ts';

/**
 * Changes the e-mail. Another spelling of the same one (`Ann@a.org`, `ann@a.org`) has the same key, and an
 * unchanged key claims nothing: the event then names the attempt that holds the claim already, so that a later
 * change releases the right one. The command's own attempt stays unused; nothing was claimed under it.
 */
export function changeEmail(
  { attemptId, email, from }: ChangeEmail,
  account: Account,
): Result<readonly AccountEvent[], AccountRefusal> {
  if (account.status !== 'active') return refuse({ code: 'account-not-active' });

  const { profile } = account;
  const owned = account.email?.key === email.key ? account.email : undefined;
  const sameSpelling = typeof profile !== 'string' && profile.email === email.value;
  if (owned && sameSpelling) return ok([]);

  return ok([
    {
      type: 'EmailChanged',
      attemptId: owned?.attemptId ?? attemptId,
      emailKey: email.key,
      personal: { email: email.value, from },
    },
  ]);
}
