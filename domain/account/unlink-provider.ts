import { ok, refuse, type Result } from '../result.ts';
import type { Account } from './account.ts';
import { identityOf } from './account-methods.ts';
import type { UnlinkProvider } from './commands.ts';
import type { AccountEvent } from './events.ts';
import type { AccountRefusal } from './refusals.ts';
import { leavesAWayIn } from './usable-way-in.ts';

/**
 * Takes a way in away, as long as another stays usable; also where the identity moves to another account. What came of its
 * consent is noted with it where that is known already.
 */
export function unlinkProvider(
  { identityId, provider: named, configured, reason, grant, from }: UnlinkProvider,
  account: Account,
): Result<readonly AccountEvent[], AccountRefusal> {
  if (account.status !== 'active') return refuse({ code: 'account-not-active' });

  const held = identityOf(account, identityId);
  if (!held) return refuse({ code: 'method-not-linked' });
  if (!leavesAWayIn(account, held, configured)) return refuse({ code: 'last-way-in' });

  const { provider } = held;
  const consent = { provider, identityId, personal: {} };
  // What is known of another provider's consent says nothing of this one's.
  const isKnown = grant !== undefined && named === provider;
  return ok([
    { type: 'ProviderUnlinked', provider, identityId, reason, personal: { from } },
    ...(isKnown ? [{ type: 'GrantRevoked', outcome: grant, ...consent } as const] : []),
  ]);
}
