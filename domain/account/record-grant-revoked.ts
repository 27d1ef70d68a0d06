import { ok, refuse, type Result } from '../result.ts';
import type { Account } from './account.ts';
import type { RecordGrantRevoked } from './commands.ts';
import type { AccountEvent } from './events.ts';
import type { AccountRefusal } from './refusals.ts';

/** Writes down what came of asking a provider to forget its consent: once, also after the account's end. */
export function recordGrantRevoked(
  { identityId, outcome }: RecordGrantRevoked,
  account: Account,
): Result<readonly AccountEvent[], AccountRefusal> {
  if (account.status === 'absent') return refuse({ code: 'account-not-active' });

  const due = account.grantsDue.find((grant) => grant.identityId === identityId);
  if (!due) return ok([]);
  const { provider } = due;
  return ok([{ type: 'GrantRevoked', provider, identityId, outcome, personal: {} }]);
}
