import type { Deps } from './deps.ts';
import type { LoadedAccount } from './load-account.ts';
import { refused, type Refused } from './outcome.ts';
import { isLiving } from '../domain/account/is-living.ts';

export interface RecoveryLink {
  readonly ok: true;
  /** 256 random bits; whoever has it sets the password, once, within the hour. */
  readonly token: string;
}

/**
 * Makes a one-time link that sets a password: the way back while no mail exists. Voids the account's other links.
 * Refusals: `account-not-active`.
 */
export async function makeRecoveryLink(
  deps: Deps,
  { accountId, account }: LoadedAccount,
): Promise<RecoveryLink | Refused> {
  if (!isLiving(account)) {
    return refused({ code: 'account-not-active' });
  }
  const at = deps.clock();
  const token = await deps.vault.recoveries.make(accountId, at);
  const { keyId } = account;
  const entry = { kind: 'recovery-link-made', method: null, device: {} } as const;
  await deps.vault.activity.record({ ...entry, accountId, keyId, at });
  return { ok: true, token };
}
