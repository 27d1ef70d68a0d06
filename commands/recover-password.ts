import type { LivingAccount, Profile } from '../domain/account/account.ts';
import { passwordOf } from '../domain/account/account-methods.ts';
import { recoverPassword as rule } from '../domain/account/recover-password.ts';
import { afterTheEvent } from './after-the-event.ts';
import { addressOf, laneOf, limited, type Asking } from './asking.ts';
import type { Deps } from './deps.ts';
import { refused, type Limited, type Refused } from './outcome.ts';
import { dropCredential } from './renew-sessions.ts';
import type { SignedInAnswer } from './sign-in.ts';
import { storeHash, type StoredPassword } from './store-password.ts';
import { isLiving } from '../domain/account/is-living.ts';

/** The link was used, replaced by a newer one, or is older than an hour. */
export interface LinkGone {
  readonly ok: false;
  readonly why: 'link-gone';
}

const linkGone: LinkGone = { ok: false, why: 'link-gone' };

/** Whose account a one-time link opens; undefined where it is no good any more. Changes nothing. */
export async function recoveryLinkOpens(deps: Deps, token: string): Promise<Profile | undefined> {
  const found = await deps.vault.recoveries.find(token, deps.clock());
  if (!found) return undefined;
  const { account } = await deps.accounts.loadOpened(found.accountId);
  if (!isLiving(account)) return undefined;
  return typeof account.profile === 'string' ? undefined : account.profile;
}

/**
 * Sets a password by a one-time link: ends every session, suspends every other way in until its owner restores it,
 * and opens a session (a closing one while the account is closing). The link is spent before the change is tried.
 */
export async function recoverPassword(
  deps: Deps,
  asking: Asking,
  { token, password }: { readonly token: string; readonly password: string },
): Promise<SignedInAnswer | Refused | Limited | LinkGone> {
  const spent = await limited(deps, [{ name: 'recover-address', key: addressOf(asking) }]);
  if (spent) return spent;
  const found = await deps.vault.recoveries.find(token, deps.clock());
  if (!found) return linkGone;
  const { account } = await deps.accounts.load(found.accountId);
  if (!isLiving(account)) {
    return refused({ code: 'account-not-active' });
  }
  const { accountId } = found;
  // What may be refused for want of a place to hash must not use up the link.
  const hashed = await deps.passwords.hash(password, laneOf(asking, accountId));
  if (!(await deps.vault.recoveries.consume(token, deps.clock()))) return linkGone;
  const { keyId } = account;
  const stored = await storeHash(deps, asking, { accountId, keyId, hashed, rule });
  if (!stored.ok) return stored;
  await afterTheEvent(() => deps.vault.sessions.endAll(accountId));
  await dropCredential(deps, passwordOf(account));
  return openRecovered(deps, asking, { accountId, account, stored });
}

interface Recovered {
  readonly accountId: string;
  readonly account: LivingAccount;
  readonly stored: StoredPassword;
}

async function openRecovered(
  deps: Deps,
  { from: device }: Asking,
  { accountId, account, stored }: Recovered,
): Promise<SignedInAnswer> {
  const { keyId } = account;
  const closing = account.status === 'closing';
  const issued = await deps.vault.sessions.start({
    accountId,
    keyId,
    method: { kind: 'password', credentialId: stored.credentialId },
    provedRevision: stored.revision,
    closing,
    at: deps.clock(),
    proof: 'password',
    device,
    told: 'recovery-link-used',
  });
  return { ok: true, accountId, issued, closing };
}
