import type { AbsentAccount, Account } from '../domain/account/account.ts';
import { identityOf, passwordOf } from '../domain/account/account-methods.ts';
import type { UnsettledRow } from '../vault/vault.ts';
import { fenceAttempt } from './claims.ts';
import type { Deps } from './deps.ts';
import type { LoadedAccount } from './load-account.ts';
import { carryOutNotices } from './provider-notice.ts';
import { revokeGrants } from './revoke-grants.ts';
import type { Cause } from './write-stream.ts';

const OLD_MS = 10 * 60_000;
/** Rows looked at before the next look: what is settled of them is one write. */
const BATCH = 200;
/** Rows or accounts looked at in one sweep, of those that look settled. */
const SAMPLE = 1_000;

/**
 * Deletes what a crash left in the vault and no event names, and finishes what it interrupted there. Answers how many
 * rows it deleted.
 */
export async function sweepVault(deps: Deps, requestId: string): Promise<number> {
  const cause: Cause = { actor: 'system', requestId, at: deps.clock() };
  await carryOutNotices(deps, requestId);
  const unsettled = await sweepUnsettled(deps, cause);
  return unsettled + (await sweepReplaced(deps)) + (await sweepTokens(deps, cause));
}

/**
 * Keys and credentials of attempts that never came to an event. It first forbids the attempt that made them to
 * commit, reads again, and only then deletes what no event names. Batch after batch, until none is left that it can judge.
 */
async function sweepUnsettled(deps: Deps, cause: Cause): Promise<number> {
  const before = new Date(deps.clock().getTime() - OLD_MS);
  let deleted = 0;
  for (;;) {
    const rows = await deps.vault.unsettled(before, BATCH);
    const judged = await judge(deps, rows, cause);
    deleted += judged.deleted;
    if (rows.length < BATCH || judged.deleted + judged.settled === 0) return deleted;
  }
}

async function judge(deps: Deps, rows: readonly UnsettledRow[], cause: Cause) {
  const settled: UnsettledRow[] = [];
  let deleted = 0;
  for (const row of rows) {
    const loaded = await decided(deps, row, cause);
    if (!loaded) continue; // somebody else wrote at the same moment: next time
    if (isReferenced(loaded, row)) {
      settled.push(row);
      continue;
    }
    await remove(deps, row);
    deleted += 1;
  }
  if (settled.length > 0) await deps.vault.settle(settled);
  return { settled: settled.length, deleted };
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

function isReferenced(
  { account }: LoadedAccount,
  { kind, id }: Pick<UnsettledRow, 'kind' | 'id'>,
): boolean {
  if (account.status === 'absent') return false;
  if (kind === 'key') return account.keyId === id;
  return account.status !== 'deleted' && passwordOf(account)?.credentialId === id;
}

async function remove({ vault }: Deps, { kind, id, accountId }: UnsettledRow): Promise<void> {
  if (kind === 'credential') await vault.credentials.delete([id]);
  else await vault.keys.erase(id, accountId);
}

/** Credentials that an event named once and another replaced or removed, with a crash before they were deleted (F2). */
async function sweepReplaced({ vault, accounts }: Deps): Promise<number> {
  const gone: string[] = [];
  for (const { accountId, credentialId } of await vault.credentials.sample(SAMPLE)) {
    const loaded = await accounts.load(accountId);
    // A stream that is not there tells nothing of what was in it.
    if (loaded.account.status === 'absent') continue;
    const row = { kind: 'credential', id: credentialId } as const;
    if (!isReferenced(loaded, row)) gone.push(credentialId);
  }
  if (gone.length > 0) await vault.credentials.delete(gone);
  return gone.length;
}

/** Tokens of identities that are linked no longer: their providers are asked to forget them, and they go. */
async function sweepTokens(deps: Deps, cause: Cause): Promise<number> {
  const { tokens } = deps.vault;
  let deleted = 0;
  for (const accountId of await tokens.sample(SAMPLE)) {
    const { account } = await deps.accounts.load(accountId);
    if (account.status === 'absent') continue;
    if (account.grantsDue.length > 0) await revokeGrants(deps, accountId, cause);
    const left = (await tokens.ownersOf(accountId)).filter(
      ({ identityId }) => !isKept(account, identityId),
    );
    for (const owner of left) await tokens.delete(owner);
    deleted += left.length;
  }
  return deleted;
}

/** Tokens that are in use, or whose consent is still to be taken back. */
const isKept = (account: Exclude<Account, AbsentAccount>, identityId: string): boolean =>
  account.grantsDue.some((due) => due.identityId === identityId) ||
  (account.status !== 'deleted' && identityOf(account, identityId) !== undefined);
