import type { ClaimKind } from '../domain/account/account.ts';
import { canonicalEmail, canonicalUsername } from '../domain/canonical.ts';
import { identityValue } from '../domain/identity.ts';
import { limited, type SignedIn } from './asking.ts';
import { appendAudit } from './audit-stream.ts';
import { auditCause, mayAuditNow, noAuditor, type NoAuditor } from './auditing.ts';
import type { Deps } from './deps.ts';
import { RecordedLook } from './look-at-account.ts';
import type { Limited } from './outcome.ts';
import { accountHolding, livingOwner } from './sign-in.ts';

/** What an auditor searches by: always the whole of it, exactly. */
export type AuditSearch =
  | { readonly kind: 'email' | 'username'; readonly value: string }
  | { readonly kind: 'identity'; readonly issuer: string; readonly subject: string }
  | { readonly kind: 'account'; readonly accountId: string };

/** `found` is what was found, and that it was found is written down in that account's stream. */
export interface Searched {
  readonly ok: true;
  readonly found: RecordedLook | undefined;
}

/**
 * Finds the account that holds exactly this now, by its claim key. The search is written into the auditor's own
 * stream first, hit or miss, as a key (H12); erased accounts hold nothing and are found by their id alone. Throws
 * Unavailable, TryAgain: nothing may be shown then.
 */
export async function searchAccount(
  deps: Deps,
  asker: SignedIn,
  search: AuditSearch,
): Promise<Searched | NoAuditor | Limited> {
  if (!(await mayAuditNow(deps, asker.session))) return noAuditor;
  const { accountId: auditorId } = asker.session;
  const spent = await limited(deps, [{ name: 'audit-search', key: auditorId }]);
  if (spent) return spent;

  const { kind } = search;
  const key = search.kind === 'account' ? search.accountId : keyOf(deps, search);
  const event = { type: 'AuditSearched', kind, key } as const;
  await appendAudit(deps, auditorId, { event, cause: auditCause(deps, asker) });

  const accountId = await accountFound(deps, { kind, key });
  if (accountId === undefined) return { ok: true, found: undefined };
  return { ok: true, found: await RecordedLook.write(deps, asker, { accountId, how: 'search' }) };
}

function keyOf({ keyOf: key }: Deps, search: Exclude<AuditSearch, { kind: 'account' }>): string {
  switch (search.kind) {
    case 'email':
      return key('email', canonicalEmail(search.value));
    case 'username':
      return key('username', canonicalUsername(search.value));
    case 'identity':
      return key('identity', identityValue(search));
  }
}

async function accountFound(
  deps: Deps,
  { kind, key }: { readonly kind: ClaimKind | 'account'; readonly key: string },
): Promise<string | undefined> {
  if (kind === 'account') {
    const { account } = await deps.accounts.load(key);
    return account.status === 'absent' ? undefined : key;
  }
  const holder = await accountHolding(deps, { kind, key });
  return holder && livingOwner(holder, { kind, key }) ? holder.accountId : undefined;
}
