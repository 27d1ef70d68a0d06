import { unlinkProvider as rule } from '../domain/account/unlink-provider.ts';
import type { Pending } from '../vault/vault-round-trips.ts';
import { causeOf, type SignedIn } from './asking.ts';
import { afterTheEvent } from './after-the-event.ts';
import type { Deps } from './deps.ts';
import { execute } from './execute.ts';
import type { Refused } from './outcome.ts';

/**
 * Takes an identity that its owner just proved away from the account that holds it, whose own rule is asked. Its
 * sessions end by the event; their rows go too. A crash before the link leaves the identity free and its pending row
 * able to go on. Undefined when it is away. Refusals: `last-way-in`.
 */
export async function moveIdentity(
  deps: Deps,
  asking: SignedIn,
  { holderId, provider, identityId }: Pending,
): Promise<Refused | undefined> {
  if (holderId === null) throw new Error('a move has an account to move from');
  const cause = causeOf(deps, asking);
  const { configured } = deps.policy;
  const told = { at: cause.at.toISOString(), reason: 'moved' as const, configured };
  const outcome = await execute(deps, {
    accountId: holderId,
    cause: { ...cause, actor: 'provider' },
    decide: (account) => rule({ ...told, provider, identityId }, account),
  });
  // Asked again after a crash, there is nothing left to take away.
  if (!outcome.ok) return outcome.refusals[0].code === 'method-not-linked' ? undefined : outcome;
  await afterTheEvent(async () => {
    await deps.vault.sessions.endAll(holderId);
    await deps.vault.tokens.delete({ accountId: holderId, provider, identityId });
  });
  return undefined;
}
