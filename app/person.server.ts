import type { Profile } from '../domain/account/account.ts';
import type { Viewer } from '../commands/guard.ts';
import type { AppContext } from './context.ts';
import { isLiving } from '../domain/account/is-living.ts';

const unnamed: Profile = { email: null, username: '', name: '' };

/** The profile of the account a session belongs to, opened. Blank only where the account was just erased. */
export async function personOf(context: AppContext, { session }: Viewer): Promise<Profile> {
  const { account } = await context.opened(session.accountId);
  if (!isLiving(account)) return unnamed;
  return typeof account.profile === 'string' ? unnamed : account.profile;
}
