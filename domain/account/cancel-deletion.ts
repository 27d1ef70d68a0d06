import { ok, refuse, type Result } from '../result.ts';
import type { Account } from './account.ts';
import type { CancelDeletion } from './commands.ts';
import type { AccountEvent } from './events.ts';
import type { AccountRefusal } from './refusals.ts';

/** Keeps an account that was to be erased. It revives no session: those ended with the request. */
export function cancelDeletion(
  { from }: CancelDeletion,
  account: Account,
): Result<readonly AccountEvent[], AccountRefusal> {
  if (account.status !== 'closing') return refuse({ code: 'account-not-closing' });

  return ok([{ type: 'DeletionCancelled', personal: { from } }]);
}
