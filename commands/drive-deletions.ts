import { faultCode } from '../eventstore/event-store.ts';
import type { Deps } from './deps.ts';
import { eraseAccount } from './erase-account.ts';
import { endAccount } from './finish-deletion.ts';

/**
 * What deletions still want: ends closing accounts whose days of grace are over, and finishes erasures that a crash or
 * a busy file left. The lookups say where to look, the accounts themselves decide. One that fails does not stop the
 * others, and is tried again at the next call. Answers how many accounts it had to do with.
 */
export async function driveDeletions(deps: Deps): Promise<number> {
  const due = await dueNow(deps);
  for (const accountId of due) await reported(deps, () => endDue(deps, accountId));
  const listed = await deps.erased.all();
  const unfinished = deps.lookups
    .accountsIn('deleted')
    .filter((accountId) => !listed.get(accountId)?.erasedAt);
  for (const accountId of unfinished) {
    await reported(deps, () => eraseAccount(deps, { accountId, requestId: deps.newId() }));
  }
  return due.length + unfinished.length;
}

/**
 * Applies the erased list to a log or a vault that came out of a backup: what was erased once is ended and erased again.
 * To be done before anybody is served. Answers the accounts that had come back. Throws Unavailable, the vault's faults.
 */
export async function applyErasedList(deps: Deps): Promise<readonly string[]> {
  const listed = [...(await deps.erased.all()).keys()];
  if (listed.length === 0) return [];
  const living = new Set(await deps.vault.keys.livingOf(listed));
  const back = listed.filter((accountId) => living.has(accountId) || stands(deps, accountId));
  for (const accountId of back) await eraseAgain(deps, accountId);
  return back;
}

function stands({ lookups }: Deps, accountId: string): boolean {
  const status = lookups.accountStatus(accountId);
  return status === 'active' || status === 'closing';
}

/** The key first: whatever else fails, nothing of the person can be opened any more. */
async function eraseAgain(deps: Deps, accountId: string): Promise<void> {
  await deps.vault.keys.eraseAllOf(accountId);
  const { account } = await deps.accounts.load(accountId);
  if (account.status === 'absent') return deps.vault.forget(accountId, []);
  await deps.vault.keys.eraseAllOf(accountId, account.keyId);
  const requestId = deps.newId();
  const cause = { actor: 'system', requestId, at: deps.clock() } as const;
  await endAccount(deps, { accountId, cause, why: 'listed' });
  await eraseAccount(deps, { accountId, requestId, again: true });
}

async function dueNow(deps: Deps): Promise<readonly string[]> {
  const due: string[] = [];
  for (const accountId of deps.lookups.accountsIn('closing')) {
    const { account } = await deps.accounts.load(accountId);
    const isDue =
      account.status === 'closing' && Date.parse(account.eraseAt) <= deps.clock().getTime();
    if (isDue) due.push(accountId);
  }
  return due;
}

async function endDue(deps: Deps, accountId: string): Promise<void> {
  const cause = { actor: 'system', requestId: deps.newId(), at: deps.clock() } as const;
  await endAccount(deps, { accountId, cause, why: 'due' });
}

/** What a log that is away cannot answer now is asked again later. */
async function reported(deps: Deps, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (faultCode(error) === 'unavailable') throw error;
    deps.report({ what: 'erasing', error });
  }
}
