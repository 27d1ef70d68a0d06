import type { Account } from '../domain/account/account.ts';
import { passwordOf } from '../domain/account/account-methods.ts';
import { censusKinds, type CensusRow } from '../vault/vault-census.ts';
import type { Deps } from './deps.ts';
import { eraseAccount } from './erase-account.ts';
import { livesOn } from './living-sessions.ts';
import { walkedAccount, type WalkedLog } from './walk-log.ts';
import { isLiving } from '../domain/account/is-living.ts';

/**
 * - `erased-account`: it outlived the account it belonged to (I8, I9). Goes.
 * - `orphan`: no event names it any more. Goes.
 * - `unknown-account`: no event names its account. The log may be older than the vault: it stays.
 */
export type Misplaced = 'erased-account' | 'orphan' | 'unknown-account';

export interface MisplacedRow extends CensusRow {
  readonly misplaced: Misplaced;
}

/** What a living account needs of the vault and cannot find there. Nothing can make it again. */
export interface MissingPart {
  readonly accountId: string;
  readonly missing: 'key-missing' | 'key-erased' | 'credential-missing';
  /** The id of the row that should be there. */
  readonly id: string;
}

const PAGE = 1_000;

async function* allRows({ vault }: Pick<Deps, 'vault'>): AsyncGenerator<CensusRow> {
  for (const kind of censusKinds) {
    let page = await vault.census.page(kind, '', PAGE);
    for (; page.length > 0; page = await vault.census.page(kind, page.at(-1)?.id ?? '', PAGE)) {
      yield* page;
    }
  }
}

export interface VaultExamination {
  readonly rows: number;
  readonly misplaced: readonly MisplacedRow[];
  readonly missing: readonly MissingPart[];
}

/**
 * Compares every row of the vault with what the log says of its account, and the other way round. The app may be
 * running: what looks wrong is asked once more of the account's own stream.
 */
export async function examineVault(
  deps: Pick<Deps, 'vault' | 'accounts'>,
  walked: WalkedLog,
): Promise<VaultExamination> {
  const misplaced: MisplacedRow[] = [];
  const found = new Map<string, CensusRow>();
  let rows = 0;
  for await (const row of allRows(deps)) {
    rows += 1;
    if (row.kind === 'key' || row.kind === 'credential') found.set(`${row.kind} ${row.id}`, row);
    if (!whyMisplaced(row, walkedAccount(walked, row.accountId).account)) continue;
    const why = whyMisplaced(row, (await deps.accounts.load(row.accountId)).account);
    if (why) misplaced.push({ ...row, misplaced: why });
  }
  const missing: MissingPart[] = [];
  for (const part of missingParts(walked, found)) {
    const { account } = await deps.accounts.load(part.accountId);
    if (stillNeeds(account, part)) missing.push(part);
  }
  return { rows, misplaced, missing };
}

function whyMisplaced(row: CensusRow, account: Account): Misplaced | undefined {
  if (row.state === 'erased') return undefined;
  if (account.status === 'deleted') return 'erased-account'; // no attempt commits there any more
  if (account.status === 'absent') return row.settled ? 'unknown-account' : undefined;
  switch (row.kind) {
    case 'key':
      return !row.settled || account.keyId === row.id ? undefined : 'orphan';
    case 'credential':
      return !row.settled || passwordOf(account)?.credentialId === row.id ? undefined : 'orphan';
    case 'session':
      return !row.session || livesOn(row.session, account) ? undefined : 'orphan';
    case 'activity':
    case 'recovery':
      return undefined;
  }
}

function missingParts(
  { accounts }: WalkedLog,
  found: ReadonlyMap<string, CensusRow>,
): readonly MissingPart[] {
  const missing: MissingPart[] = [];
  for (const [accountId, { account }] of accounts) {
    if (!isLiving(account)) continue;
    const { keyId } = account;
    const key = found.get(`key ${keyId}`);
    if (!key) missing.push({ accountId, missing: 'key-missing', id: keyId });
    else if (key.state !== 'active') missing.push({ accountId, missing: 'key-erased', id: keyId });
    const id = passwordOf(account)?.credentialId;
    if (id !== undefined && !found.has(`credential ${id}`)) {
      missing.push({ accountId, missing: 'credential-missing', id });
    }
  }
  return missing;
}

const stillNeeds = (account: Account, { id }: MissingPart): boolean =>
  isLiving(account) && (account.keyId === id || passwordOf(account)?.credentialId === id);

/** Removes rows that may go, each asked again of the account's own stream. Answers how many went. */
export async function mendVault(
  deps: Deps,
  misplaced: readonly MisplacedRow[],
  requestId: string,
): Promise<number> {
  const erased = new Set<string>();
  let gone = 0;
  for (const row of misplaced) {
    const { account } = await deps.accounts.load(row.accountId);
    const why = whyMisplaced(row, account);
    if (why !== 'orphan' && why !== 'erased-account') continue;
    const { accountId } = row;
    if (why === 'orphan') await removeOrphan(deps, row);
    else if (!erased.has(accountId))
      await eraseAccount(deps, { accountId, requestId, again: true });
    if (why === 'erased-account') erased.add(accountId);
    gone += 1;
  }
  return gone;
}

async function removeOrphan({ vault }: Deps, { kind, id, accountId }: CensusRow): Promise<void> {
  switch (kind) {
    case 'key':
      return vault.keys.erase(id, accountId);
    case 'credential':
      return vault.credentials.delete([id]);
    case 'session':
      await vault.sessions.end(accountId, id);
      return;
    case 'activity':
    case 'recovery':
      return; // never an orphan while its account lives
  }
}
