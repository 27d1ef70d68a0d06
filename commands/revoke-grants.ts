import { setTimeout as wait } from 'node:timers/promises';
import type { GrantOutcome, IdentityRef } from '../domain/account/commands.ts';
import { recordGrantRevoked } from '../domain/account/record-grant-revoked.ts';
import type { TokenOwner } from '../vault/vault-tokens.ts';
import type { Deps } from './deps.ts';
import { execute } from './execute.ts';
import { subjectsOf } from './identity-subjects.ts';
import type { Cause } from './write-stream.ts';

/** All of it, however many providers there are, in milliseconds. */
const LONGEST_MS = 10_000;

/**
 * Asks the providers of identities that are no longer linked to forget their consent, each at most once, and writes what
 * came of it into the account's stream, also after `AccountDeleted`. What is due stands in the stream, so it may be
 * called again after a crash. At a deletion: after the event, before the vault is emptied. Takes 10 s at most and never
 * throws; what could not be done is reported and stays due.
 */
export async function revokeGrants(deps: Deps, accountId: string, cause: Cause): Promise<void> {
  try {
    const { account } = await deps.accounts.load(accountId);
    if (account.status === 'absent' || account.grantsDue.length === 0) return;
    const subjects = await subjectsOf(deps, accountId);
    await Promise.all(
      account.grantsDue.map((grant) =>
        revokeOne(deps, { ...grant, accountId, subject: subjects.get(grant.identityId) }, cause),
      ),
    );
  } catch (error) {
    deps.report({ what: 'revoking-grants', error });
  }
}

type Grant = TokenOwner & IdentityRef & { readonly subject: string | undefined };

async function revokeOne(deps: Deps, grant: Grant, cause: Cause): Promise<void> {
  const { accountId, provider, identityId } = grant;
  const { tokens } = deps.vault;
  const kept = await tokens.get(grant);
  // Somebody else is at it, or renews them just now: a sweep comes by later.
  if (kept && !(await tokens.hold(grant, kept.version, deps.clock()))) return;
  const asked = deps.providers.get(provider)?.revoke(kept, grant.subject);
  // Tokens that nobody can take back any more, since their provider is no longer configured.
  const outcome: GrantOutcome = asked ? await inTime(asked) : kept ? 'failed' : 'unsupported';
  const command = { provider, identityId, outcome };
  const recorded = await execute(deps, {
    accountId,
    cause: { ...cause, actor: 'system' },
    decide: (account) => recordGrantRevoked(command, account),
  });
  // Connected again meanwhile, it has other tokens: those are not the ones that were taken back.
  if (recorded.ok && kept) await tokens.delete(grant, kept.version);
}

async function inTime(asked: Promise<GrantOutcome>): Promise<GrantOutcome> {
  const late = new AbortController();
  const tooLate = wait(LONGEST_MS, 'failed' as const, { signal: late.signal, ref: false });
  try {
    return await Promise.race([asked, tooLate]);
  } finally {
    tooLate.catch(() => undefined);
    late.abort();
  }
}
