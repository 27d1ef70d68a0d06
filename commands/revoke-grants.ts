import { setTimeout as wait } from 'node:timers/promises';
import type { GrantOutcome, IdentityRef } from '../domain/account/commands.ts';
import { recordGrantRevoked } from '../domain/account/record-grant-revoked.ts';
import type { KeptTokens, TokenOwner } from '../vault/vault-tokens.ts';
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
    const asking = {
      cause,
      until: performance.now() + LONGEST_MS,
      last: account.status === 'deleted',
    };
    await Promise.all(
      account.grantsDue.map((grant) =>
        revokeOne(deps, { ...grant, accountId, subject: subjects.get(grant.identityId) }, asking),
      ),
    );
  } catch (error) {
    deps.report({ what: 'revoking-grants', error });
  }
}

/**
 * Is it certain without asking anybody that a consent is not taken back: no tokens are kept, and its provider is not
 * asked without them? Tokens may come a moment later; whoever acts on this deletes them after the event.
 */
export async function nothingToTakeBack(
  { vault, providers }: Pick<Deps, 'vault' | 'providers'>,
  owner: TokenOwner,
): Promise<boolean> {
  if (providers.get(owner.provider)?.revokesBySubject) return false;
  return (await vault.tokens.get(owner)) === undefined;
}

type Grant = TokenOwner & IdentityRef & { readonly subject: string | undefined };

interface Asking {
  readonly cause: Cause;
  /** On the clock of `performance.now()`. */
  readonly until: number;
  /** The tokens go next, whatever comes of it: nobody can ask later. */
  readonly last: boolean;
}

async function revokeOne(deps: Deps, grant: Grant, { cause, until, last }: Asking): Promise<void> {
  const { accountId, provider, identityId } = grant;
  const { tokens } = deps.vault;
  const kept = await heldTokens(deps, grant, until - LONGEST_MS / 2);
  // Somebody else is at it, or renews them: a sweep comes by later.
  if (kept === 'held' && !last) return;
  if (!(await isDue(deps, grant))) return;
  const command = { provider, identityId, outcome: await ask(deps, grant, { kept, until }) };
  const recorded = await execute(deps, {
    accountId,
    cause: { ...cause, actor: 'system' },
    decide: (account) => recordGrantRevoked(command, account),
  });
  // Connected again meanwhile, it has other tokens: those are not the ones that were taken back.
  if (recorded.ok && kept && kept !== 'held') await tokens.delete(grant, kept.version);
}

/** Whoever was waited for may have done it. */
async function isDue({ accounts }: Deps, { accountId, identityId }: Grant): Promise<boolean> {
  const { account } = await accounts.load(accountId);
  if (account.status === 'absent') return false;
  return account.grantsDue.some((grant) => grant.identityId === identityId);
}

type Held = KeptTokens | 'held' | undefined;

/** The grant's tokens, for oneself; 'held' where somebody else has had them for as long as one could wait. */
async function heldTokens(deps: Deps, grant: Grant, until: number): Promise<Held> {
  const { tokens } = deps.vault;
  for (;;) {
    const kept = await tokens.get(grant);
    if (!kept || (await tokens.hold(grant, kept.version, deps.clock()))) return kept;
    if (performance.now() > until) return 'held';
    await deps.sleep(100);
  }
}

/** Tokens that nobody can take back, because their provider is no longer configured or they are held, have failed. */
async function ask(
  { providers }: Deps,
  { provider, subject }: Grant,
  { kept, until }: { readonly kept: Held; readonly until: number },
): Promise<GrantOutcome> {
  if (kept === 'held') return 'failed';
  const asked = providers.get(provider)?.revoke(kept, subject);
  if (asked) return inTime(asked, until - performance.now());
  return kept ? 'failed' : 'unsupported';
}

async function inTime(asked: Promise<GrantOutcome>, ms: number): Promise<GrantOutcome> {
  const late = new AbortController();
  const tooLate = wait(Math.max(0, ms), 'failed' as const, { signal: late.signal, ref: false });
  try {
    return await Promise.race([asked, tooLate]);
  } finally {
    tooLate.catch(() => undefined);
    late.abort();
  }
}
