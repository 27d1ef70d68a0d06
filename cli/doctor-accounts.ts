import {
  examineVault,
  mendVault,
  type MisplacedRow,
  type VaultExamination,
} from '../commands/mend-vault.ts';
import type { Latchkey } from '../commands/open-latchkey.ts';
import { sweepVault } from '../commands/sweep-vault.ts';
import { leftClaims, tidyClaims, unheldClaims } from '../commands/tidy-claims.ts';
import { brokenRules, walkLog, type WalkedLog } from '../commands/walk-log.ts';
import type { Cause } from '../commands/write-stream.ts';
import { bad, good, some, type Examination, type Finding } from './finding.ts';

/** What every account, every claim and every row of the vault says of the others (I4, I5, I8, I9). */
export function examineAccounts({ deps, log }: Latchkey): readonly Examination[] {
  let walking: Promise<WalkedLog> | undefined;
  const walk = () => (walking ??= walkLog(log.store));
  const cause = (): Cause => ({ actor: 'operator', requestId: deps.newId(), at: deps.clock() });
  return [
    async () => {
      const walked = await walk();
      const broken = brokenRules(walked);
      return broken.length > 0
        ? bad('accounts', some(broken.map(({ rule, told }) => `${rule}: ${told}`)))
        : good('accounts', `${walked.accounts.size}, one owner per key, a way in each (I4, I5)`);
    },
    async () => {
      const walked = await walk();
      const unheld = unheldClaims(walked);
      if (unheld.length > 0) return bad('claims', `not held by their owner (I4): ${some(unheld)}`);
      const left = leftClaims(walked, deps.clock());
      if (left.length === 0) return good('claims', `${walked.claims.length}, none left behind`);
      const names = some(left.map(({ kind, key }) => `${kind} ${key}`));
      return bad('claims', `${left.length} left behind: ${names}`, async () => {
        const released = await tidyClaims(deps, left, cause());
        return `${released} released`;
      });
    },
    async () => vaultFinding(await examineVault(deps, await walk()), deps),
    async () => partsFinding(await examineVault(deps, await walk())),
    async () => {
      const left = await deps.vault.unsettled(new Date(deps.clock().getTime() - OLD_MS), MOST);
      const told = `${left.length} keys and passwords of attempts nobody has judged yet`;
      if (left.length === 0) return good('attempts', 'none left unjudged');
      return bad('attempts', told, async () => {
        const deleted = await sweepVault(deps, deps.newId());
        return `judged; ${deleted} deleted`;
      });
    },
  ];
}

/** The sweeper of a running app comes by every hour; older than that, nobody did. */
const OLD_MS = 3 * 3_600_000;
const MOST = 10_000;

function vaultFinding({ rows, misplaced }: VaultExamination, deps: Latchkey['deps']): Finding {
  if (misplaced.length === 0) return good('vault rows', `${rows}, all of living accounts (I8, I9)`);
  const told = some(misplaced.map(rowText));
  return bad('vault rows', told, async () => {
    const gone = await mendVault(deps, misplaced, deps.newId());
    const stay = misplaced.length - gone;
    return stay === 0
      ? `${gone} removed`
      : `${gone} removed; ${stay} stay, their account is unknown`;
  });
}

const words = {
  'erased-account': 'outlived its account (I8, I9)',
  orphan: 'is named by no event',
  'unknown-account':
    'belongs to an account the log does not know: is the log older than the vault?',
} as const;

const rowText = ({ kind, id, accountId, misplaced }: MisplacedRow): string =>
  `${kind} ${id === accountId ? 'rows' : id} of ${accountId} ${words[misplaced]}`;

const partsFinding = ({ missing }: VaultExamination): Finding =>
  missing.length === 0
    ? good('vault parts', 'every living account has its key and its password')
    : bad(
        'vault parts',
        some(missing.map(({ accountId, missing: what }) => `${accountId}: ${what}`)),
      );
