import { passwordOf } from '../domain/account/account-methods.ts';
import type { UnsettledRow } from '../vault/vault.ts';
import { fenceAttempt } from './claims.ts';
import type { Deps } from './deps.ts';
import type { LoadedAccount } from './load-account.ts';
import type { Cause } from './write-stream.ts';

const OLD_MS = 10 * 60_000;
const MOST = 200;

/**
 * Deletes keys and credentials that a crash left without an event. It first forbids the attempt that made them to
 * commit, reads again, and only then deletes what no event names. Answers how many rows it deleted.
 */
export async function sweepVault(deps: Deps, requestId: string): Promise<number> {
  const before = new Date(deps.clock().getTime() - OLD_MS);
  const rows = await deps.vault.unsettled(before, MOST);
  const cause: Cause = { actor: 'system', requestId, at: deps.clock() };
  let deleted = 0;
  for (const row of rows) {
    const loaded = await decided(deps, row, cause);
    if (!loaded) continue; // somebody else wrote at the same moment: next time
    if (isReferenced(loaded, row)) {
      await deps.vault.settle([row]);
      continue;
    }
    await remove(deps, row);
    deleted += 1;
  }
  return deleted;
}

/** The account once its stream says what became of the attempt. */
async function decided(
  deps: Deps,
  { accountId, attemptId }: UnsettledRow,
  cause: Cause,
): Promise<LoadedAccount | undefined> {
  const loaded = await deps.accounts.load(accountId);
  if (loaded.fates.has(attemptId)) return loaded;
  await fenceAttempt(deps, { head: loaded.head, accountId, attemptId }, cause);
  const again = await deps.accounts.load(accountId);
  return again.fates.has(attemptId) ? again : undefined;
}

function isReferenced({ account }: LoadedAccount, { kind, id }: UnsettledRow): boolean {
  if (account.status === 'absent') return false;
  if (kind === 'key') return account.keyId === id;
  return account.status !== 'deleted' && passwordOf(account)?.credentialId === id;
}

async function remove({ vault }: Deps, { kind, id, accountId }: UnsettledRow): Promise<void> {
  if (kind === 'credential') await vault.credentials.delete([id]);
  else await vault.keys.erase(id, accountId);
}
