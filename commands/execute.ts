import { newClaims } from '../domain/account/owned-claims.ts';
import type { AccountCommand } from './account-command.ts';
import { answerInTime } from './answer-in-time.ts';
import { Attempt, doneAlready, type Ending } from './attempt.ts';
import { commitAtomically } from './commit-atomically.ts';
import { commitByClaims } from './commit-by-claims.ts';
import type { Deps } from './deps.ts';
import { TryAgain } from './faults.ts';
import { refused, type Outcome } from './outcome.ts';
import { takenKeys } from './taken-keys.ts';

const ATTEMPTS = 3;

/**
 * Runs a command to its end: whole or nothing, at the revision it was decided on. Answers refusals as values.
 * Throws Unavailable (nothing was written), or TryAgain when no outcome is certain in time; the process then goes
 * on settling the attempt, and the same wish asked again gives one result.
 */
export function execute(deps: Deps, command: AccountCommand): Promise<Outcome> {
  // Behind another command of the account, what was seen before is old for certain.
  const asked = deps.queues.isBusy(command.accountId) ? afresh(command) : command;
  const settled = deps.queues.run(command.accountId, () => attempts(deps, asked));
  return answerInTime(deps, settled);
}

const afresh = (command: AccountCommand): AccountCommand => ({ ...command, seen: undefined });

async function attempts(deps: Deps, command: AccountCommand): Promise<Outcome> {
  for (let tries = 0; tries < ATTEMPTS; tries += 1) {
    const attempt = new Attempt(deps, tries > 0 ? { ...afresh(command), fresh: false } : command);
    const ending = await attemptOnce(attempt);
    if (typeof ending !== 'string') return ending;
    if (ending === 'fenced') await deps.sleep(1_000 + Math.random() * 1_000);
  }
  throw new TryAgain('other attempts came first three times');
}

async function attemptOnce(attempt: Attempt): Promise<Ending> {
  const { deps, command } = attempt;
  const { before, decision } = (await decideOnSeen(attempt)) ?? (await decideOnRead(attempt));
  if (!decision.ok) return refused(decision.refusal);
  if (decision.value.length === 0) return doneAlready(before);

  const wanted = newClaims(before.account, decision.value);
  const taken = await takenKeys(deps, command.accountId, wanted);
  if (taken) return taken;
  const first = { before, events: decision.value };
  return deps.store.atomic ? commitAtomically(attempt, first) : commitByClaims(attempt, first);
}

/** What the guard's read is good enough for: going ahead with an append. Undefined for everything else. */
async function decideOnSeen(attempt: Attempt) {
  const { seen, opened } = attempt.command;
  if (!seen || opened) return undefined;
  const decision = await attempt.ask(seen);
  return decision.ok && decision.value.length > 0 ? { before: seen, decision } : undefined;
}

async function decideOnRead(attempt: Attempt) {
  const before = attempt.command.fresh ? attempt.absent() : await attempt.load();
  return { before, decision: await attempt.ask(before) };
}
