import { ok, refuse, type Result } from '../result.ts';
import type { Account } from './account.ts';
import type { DeleteAccount } from './commands.ts';
import type { AccountEvent } from './events.ts';
import type { AccountRefusal } from './refusals.ts';

/** Asks for the end of the account. Asking again changes nothing, so a running delay is never moved. */
export function deleteAccount(
  { eraseAt, method, from }: DeleteAccount,
  account: Account,
): Result<readonly AccountEvent[], AccountRefusal> {
  if (account.status === 'closing') return ok([]);
  if (account.status !== 'active') return refuse({ code: 'account-not-active' });

  return ok([
    { type: 'DeletionRequested', eraseAt, ...(method && { method }), personal: { from } },
  ]);
}
