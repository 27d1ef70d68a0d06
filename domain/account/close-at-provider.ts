import type { Result } from '../result.ts';
import type { Account } from './account.ts';
import type { CloseAtProvider } from './commands.ts';
import type { AccountEvent } from './events.ts';
import type { AccountRefusal } from './refusals.ts';
import { suspendMethod } from './suspend-method.ts';
import { unlinkProvider } from './unlink-provider.ts';

/**
 * The provider says that somebody took back what they allowed there (H13): the way in goes where another stays usable,
 * and rests where it is the last one or the account is closing, until a new round trip there.
 */
export function closeAtProvider(
  command: CloseAtProvider,
  account: Account,
): Result<readonly AccountEvent[], AccountRefusal> {
  const unlinked = unlinkProvider({ ...command, reason: 'provider' }, account);
  return unlinked.ok ? unlinked : suspendMethod({ ...command, reason: 'provider' }, account);
}
