import { replay } from '../../domain/account/evolve.ts';
import type { Account, AccountFact } from '../../domain/account/account.ts';
import { ownedClaims } from '../../domain/account/owned-claims.ts';
import { accountIdOf } from '../../domain/streams.ts';
import type { EventStore } from '../../eventstore/event-store.ts';
import { decodeAccountEvent } from '../../eventstore/codec.ts';
import { compareWithFreshFold } from '../../projections/rebuild.ts';
import type { TestProcess } from './installation.ts';
import { brokenLogInvariants } from './invariants.ts';
import { untilCaughtUp } from './log-events.ts';

/** Every account as its stream says, by id. */
export async function allAccounts({ store }: Pick<TestProcess<EventStore>, 'store'>) {
  const facts = new Map<string, AccountFact[]>();
  for (const recorded of await untilCaughtUp(store, { prefixes: ['account-'] })) {
    const accountId = accountIdOf(recorded.stream) ?? '';
    const { revision, metadata } = recorded;
    const fact = { event: decodeAccountEvent(recorded), revision, at: metadata.at };
    facts.set(accountId, [...(facts.get(accountId) ?? []), fact]);
  }
  return new Map<string, Account>([...facts].map(([id, all]) => [id, replay(all)]));
}

/**
 * Every broken sentence about log, accounts and lookups: I1–I3 of the log, I4 one owner per key, I5 every live account
 * has a way in, I6 lookups equal a fresh fold, I7 the checkpoint is not ahead of the log.
 */
export async function brokenInvariants(
  process: Pick<TestProcess<EventStore>, 'store' | 'deps' | 'rebuilding' | 'level'>,
): Promise<string[]> {
  const { store, deps, rebuilding, level } = process;
  const broken = await brokenLogInvariants(store, []);
  const owners = new Map<string, string>();
  for (const [accountId, account] of await allAccounts(process)) {
    for (const { kind, key } of ownedClaims(account)) {
      const owner = owners.get(`${kind} ${key}`);
      if (owner) broken.push(`I4: ${kind} ${key} belongs to ${owner} and ${accountId}`);
      owners.set(`${kind} ${key}`, accountId);
    }
    const lives = account.status === 'active' || account.status === 'closing';
    if (lives && account.methods.length === 0) broken.push(`I5: ${accountId} has no way in`);
  }
  await level();
  if (!(await compareWithFreshFold(rebuilding)).equal) broken.push('I6: lookups differ');
  if (deps.lookups.state().position > (await store.head())) broken.push('I7: checkpoint ahead');
  return broken;
}
