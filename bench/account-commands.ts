import { changeProfile } from '../commands/change-profile.ts';
import { changeRole } from '../commands/change-role.ts';
import { guard } from '../commands/guard.ts';
import { AccountReader, revisionOf } from '../commands/load-account.ts';
import { asking } from './asking.ts';
import type { SignedIn } from '../commands/asking.ts';
import type { Deps } from '../commands/deps.ts';
import type { BenchProcess } from './bench-process.ts';
import type { Work } from './measure.ts';
import type { Member } from './verbs.ts';

/** Commands of one event each, on accounts in turn, and reading an account's stream. */
export interface AccountCommands {
  /** An operator gives a role or takes it: nothing is asked of the vault. */
  readonly changeRole: Work;
  /** A person changes their name: the session is asked again, the former name opened and the new one sealed. */
  readonly changeName: Work;
  /** Reads and folds the account of twenty events, seals left closed. */
  readonly fold: Work;
  readonly longAccount: string;
  /** Of all others, to whom the commands go. */
  readonly accountIds: readonly string[];
  /** Throws where a command that was acknowledged left no event. */
  readonly checkNoneLost: () => Promise<void>;
}

const eventsOfLongAccount = 20;

interface Person {
  readonly accountId: string;
  readonly username: string;
  readonly person: SignedIn;
  auditor: boolean;
}

export async function prepareAccountCommands(
  { deps }: BenchProcess,
  members: readonly Member[],
): Promise<AccountCommands> {
  const [long, ...people] = await Promise.all(members.map((member) => personOf(deps, member)));
  if (!long) throw new Error('nobody is registered');
  for (let event = 1; event < eventsOfLongAccount; event += 1) {
    await rename(deps, long, `Person Number ${event}`);
  }
  const accountIds = people.map(({ accountId }) => accountId);
  const reading = new AccountReader(deps.store, deps.vault, { maxKept: 0 });
  const lastRevisions = async () => {
    const loaded = await Promise.all(accountIds.map((accountId) => reading.load(accountId)));
    return loaded.reduce((sum, account) => sum + revisionOf(account), 0);
  };
  const before = await lastRevisions();
  let acknowledged = 0;
  const next = () => {
    const person = people[(acknowledged += 1) % people.length];
    if (!person) throw new Error('too few are registered');
    return person;
  };
  return {
    changeRole: () => toggleRole(deps, next()),
    changeName: () => rename(deps, next(), `Person Number ${acknowledged}`),
    fold: () => reading.load(long.accountId),
    longAccount: long.accountId,
    accountIds,
    checkNoneLost: async () => {
      const lost = before + acknowledged - (await lastRevisions());
      if (lost !== 0) throw new Error(`${lost} acknowledged commands left no event`);
    },
  };
}

async function toggleRole(deps: Deps, person: Person): Promise<void> {
  const change = person.auditor ? 'revoke' : 'grant';
  person.auditor = !person.auditor;
  must(await changeRole(deps, { accountId: person.accountId, change, role: 'auditor' }));
}

async function rename(deps: Deps, { username, person }: Person, name: string): Promise<void> {
  must(await changeProfile(deps, person, { username, name, email: '' }));
}

function must({ ok }: { readonly ok: boolean }): void {
  if (!ok) throw new Error('a command was refused');
}

async function personOf(deps: Deps, { accountId, username, token }: Member): Promise<Person> {
  const found = await guard(deps, token);
  if (!found) throw new Error('a session is not alive');
  return { accountId, username, person: { ...asking, ...found }, auditor: false };
}
