import type { MethodRef, Origin } from '../domain/account/events.ts';
import { inBackground } from './background.ts';
import type { Deps } from './deps.ts';

export interface FailedTrip {
  readonly accountId: string;
  /** Which way in, where one of the account's own is known. */
  readonly method: MethodRef | null;
  readonly from: Origin;
}

/**
 * Notes in the account's activity that a round trip to a provider came to nothing (F27): for somebody who is signed in,
 * or whose identity was proved and opens nothing now. At most twenty an hour, so that nobody can fill a list with them.
 */
export function recordFailedTrip(deps: Deps, { accountId, method, from }: FailedTrip): void {
  inBackground(deps, 'recording-activity', async () => {
    const { vault, accounts } = deps;
    const spent = await vault.limits.spend([{ name: 'failed-trip-account', key: accountId }]);
    const { account } = await accounts.load(accountId);
    if (!spent.allowed || account.status === 'absent') return;
    const entry = { accountId, keyId: account.keyId, at: deps.clock(), method, device: from };
    await vault.activity.record({ ...entry, kind: 'round-trip-failed' });
  });
}
