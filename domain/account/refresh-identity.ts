import { ok, refuse, type Result } from '../result.ts';
import type { Account } from './account.ts';
import { identityOf } from './account-methods.ts';
import type { RefreshIdentity } from './commands.ts';
import type { AccountEvent, IdentityProfile } from './events.ts';
import type { AccountRefusal } from './refusals.ts';

/**
 * Notes what the provider says now of an identity that is linked. Nothing where it says what is known; `reconnect` where
 * it is suspended, since nobody vouches for it meanwhile. An opened account is asked.
 */
export function refreshIdentity(
  { identityId, profile, from }: RefreshIdentity,
  account: Account,
): Result<readonly AccountEvent[], AccountRefusal> {
  if (account.status !== 'active') return refuse({ code: 'account-not-active' });

  const held = identityOf(account, identityId);
  if (!held) return refuse({ code: 'method-not-linked' });
  if (held.suspended !== null) return refuse({ code: 'reconnect' });
  if (typeof held.profile !== 'string' && saysTheSame(held.profile, profile)) return ok([]);

  const { provider } = held;
  const personal = { identity: profile, from };
  return ok([{ type: 'IdentityRefreshed', provider, identityId, personal }]);
}

const saysTheSame = (known: IdentityProfile, now: IdentityProfile): boolean =>
  known.handle === now.handle &&
  known.name === now.name &&
  known.email === now.email &&
  known.emailVerified === now.emailVerified;
