import { ownedClaims } from '../domain/account/owned-claims.ts';
import { takenRefusal, type AccountRefusal } from '../domain/account/refusals.ts';
import type { ClaimKey } from './claims.ts';
import type { Deps } from './deps.ts';
import { refused, type Refused } from './outcome.ts';

/**
 * Asks the lookups, then the truth, which of the wanted keys another account owns: every refusal at once, before
 * anything is written. A key that slips through is still refused by its claim.
 */
export async function takenKeys(
  { lookups, accounts }: Pick<Deps, 'lookups' | 'accounts'>,
  accountId: string,
  wanted: readonly ClaimKey[],
): Promise<Refused | undefined> {
  const taken: AccountRefusal[] = [];
  for (const { kind, key } of wanted) {
    const holderId = lookups.accountByKey(kind, key);
    if (holderId === undefined || holderId === accountId) continue;
    const { account } = await accounts.load(holderId);
    const owned = ownedClaims(account).some((claim) => claim.kind === kind && claim.key === key);
    if (owned) taken.push({ code: takenRefusal[kind] });
  }
  const [first, ...more] = taken;
  return first && refused(first, ...more);
}
