import { ok, refuse, type Result } from '../result.ts';
import type { Account } from './account.ts';
import type { FinishDeletion } from './commands.ts';
import type { AccountEvent } from './events.ts';
import type { AccountRefusal } from './refusals.ts';

/** Ends a closing account for ever. Several processes may come to it; the later ones find it done. */
export function finishDeletion(
  _command: FinishDeletion,
  account: Account,
): Result<readonly AccountEvent[], AccountRefusal> {
  if (account.status === 'deleted') return ok([]);
  if (account.status !== 'closing') return refuse({ code: 'account-not-closing' });

  return ok([{ type: 'AccountDeleted', personal: {} }]);
}
