import { ok, refuse, type Result } from '../result.ts';
import type { Account } from './account.ts';
import { identityOf } from './account-methods.ts';
import type { LinkProvider } from './commands.ts';
import type { AccountEvent } from './events.ts';
import type { AccountRefusal } from './refusals.ts';

/**
 * Adds a way in that a round trip just proved. If it is the account's already but suspended, the same round trip
 * is the proof that restores it, whoever suspended it. An identity that comes back under another provider name
 * (the operator renamed it) is noted under the new one, with the attempt that holds its claim already.
 */
export function linkProvider(
  { attemptId, provider, identityId, profile, moved, from }: LinkProvider,
  account: Account,
): Result<readonly AccountEvent[], AccountRefusal> {
  if (account.status !== 'active') return refuse({ code: 'account-not-active' });

  const held = identityOf(account, identityId);
  if (held?.provider === provider) {
    if (held.suspended === null) return ok([]);
    return ok([{ type: 'MethodRestored', provider, identityId, personal: { from } }]);
  }

  return ok([
    {
      type: 'ProviderLinked',
      attemptId: held?.attemptId ?? attemptId,
      provider,
      identityId,
      ...(moved && { moved }),
      personal: { identity: profile, from },
    },
  ]);
}
