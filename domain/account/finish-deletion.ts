import { ok, refuse, type Result } from '../result.ts';
import type { Account } from './account.ts';
import type { FinishDeletion } from './commands.ts';
import type { AccountEvent } from './events.ts';
import type { AccountRefusal } from './refusals.ts';

/**
 * Ends an account for ever. Several processes may come to it; the later ones find it done. Unasked it ends only when it
 * is due by the request that stands now, so a request that was cancelled and made again runs its whole time.
 */
export function finishDeletion(
  { why, at }: FinishDeletion,
  account: Account,
): Result<readonly AccountEvent[], AccountRefusal> {
  if (account.status === 'deleted') return ok([]);
  if (why === 'listed') return account.status === 'absent' ? ok([]) : ok([ended]);
  if (account.status !== 'closing') return refuse({ code: 'account-not-closing' });
  if (why === 'due' && Date.parse(at) < Date.parse(account.eraseAt)) {
    return refuse({ code: 'deletion-not-due' });
  }

  return ok([ended]);
}

const ended: AccountEvent = { type: 'AccountDeleted', personal: {} };
