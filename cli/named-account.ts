import { findAccount } from '../commands/find-account.ts';
import type { Deps } from '../commands/deps.ts';
import type { LoadedAccount } from '../commands/load-account.ts';
import { BadCall } from './run-verb.ts';

/** The account the operator named. Throws BadCall when there is none. */
export async function namedAccount(deps: Deps, named: string): Promise<LoadedAccount> {
  const loaded = await findAccount(deps, named);
  if (!loaded) throw new BadCall('no account has that id, username or e-mail address');
  return loaded;
}
