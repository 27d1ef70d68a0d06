import { cancelDeletion as cancelRule } from '../domain/account/cancel-deletion.ts';
import { deleteAccount as rule } from '../domain/account/delete-account.ts';
import type { MethodRef } from '../domain/account/events.ts';
import type { SessionMethod } from '../vault/vault.ts';
import { afterTheEvent } from './after-the-event.ts';
import { causeOf, type SignedIn } from './asking.ts';
import type { Deps } from './deps.ts';
import { execute } from './execute.ts';
import { endAccount } from './finish-deletion.ts';
import type { Outcome } from './outcome.ts';

const DAY_MS = 86_400_000;

/**
 * Asks for the end of the account after the days of grace; with none, ends it at once. The event ends every session,
 * round trip and recovery link, and their rows go too. What it owns stays reserved until the end.
 * Refusals: `session-ended`, `account-not-active`. Throws Unavailable, TryAgain.
 */
export async function deleteAccount(deps: Deps, asking: SignedIn): Promise<Outcome> {
  const cause = causeOf(deps, asking);
  const { session } = asking;
  const { accountId } = session;
  const { deleteGraceDays } = deps.policy;
  const eraseAt = new Date(cause.at.getTime() + deleteGraceDays * DAY_MS).toISOString();
  const told = { at: cause.at.toISOString(), from: asking.from, eraseAt };
  const method = methodOf(session.method);
  const outcome = await execute(deps, {
    accountId,
    cause,
    session,
    decide: (account) => rule({ ...told, method }, account),
  });
  if (!outcome.ok) return outcome;
  return afterTheEvent(async () => {
    // Asked again by a closing session, it changes nothing, and that session may still keep the account.
    await endEverything(deps, accountId, session.closing ? session.sessionId : undefined);
    return deleteGraceDays > 0 ? outcome : endAccount(deps, { accountId, cause, why: 'due' });
  });
}

/**
 * Keeps an account that was to be erased. Revives no session: the asking one ends too, and its owner signs in anew.
 * Refusals: `session-ended`, `account-not-closing`. Throws Unavailable, TryAgain.
 */
export async function cancelDeletion(deps: Deps, asking: SignedIn): Promise<Outcome> {
  const cause = causeOf(deps, asking);
  const { session } = asking;
  const { accountId } = session;
  const outcome = await execute(deps, {
    accountId,
    cause,
    session,
    decide: (account) => cancelRule({ at: cause.at.toISOString(), from: asking.from }, account),
  });
  if (outcome.ok) await afterTheEvent(() => endEverything(deps, accountId));
  return outcome;
}

/** The rows of what the event ended, so that an older copy of the vault revives nothing. */
async function endEverything(
  { vault }: Deps,
  accountId: string,
  exceptSessionId?: string,
): Promise<void> {
  await vault.sessions.endAll(accountId, exceptSessionId);
  await vault.roundTrips.dropOf({ accountId });
  await vault.recoveries.deleteAllOf(accountId);
}

const methodOf = (method: SessionMethod): MethodRef =>
  method.kind === 'password' ? { kind: 'password' } : method;
