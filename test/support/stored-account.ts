import type { Asking } from '../../commands/asking.ts';
import { changePassword } from '../../commands/change-password.ts';
import { changeProfile } from '../../commands/change-profile.ts';
import type { Deps } from '../../commands/deps.ts';
import type { Guarded } from '../../commands/guard.ts';
import { openInstallation } from '../../commands/installation.ts';
import { linkProvider } from '../../commands/link-provider.ts';
import { asGuarded, password, registered } from './installation.ts';

export const nextPassword = 'quiet marble lantern';
export const atGitHub = (subject: string) => ({
  provider: 'github',
  profile: { issuer: 'https://github.com', subject, handle: `handle-${subject}` },
});

/** What stands in a log before anything else; answers its id. */
export const opened = ({ store, vault }: Pick<Deps, 'store' | 'vault'>): Promise<string> =>
  openInstallation({ store, vault, keyCheck: 'k'.repeat(43) });

/** Somebody who registered, changed name and address, connected GitHub and changed the password; still signed in. */
export async function somebodyWithAPast(deps: Deps, name: string): Promise<Asking & Guarded> {
  const first = await registered(deps, name);
  await changeProfile(deps, first, {
    username: name,
    name: `${name} the second`,
    email: `${name}@new.example.org`,
  });
  await linkProvider(deps, first, atGitHub(name));
  const changed = await changePassword(deps, first, { current: password, next: nextPassword });
  if (!changed.ok || !changed.issued) throw new Error(`${name} could not change the password`);
  return asGuarded(deps, changed.issued.token);
}
