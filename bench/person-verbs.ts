import { arrive } from '../commands/arrive.ts';
import type { SignedIn } from '../commands/asking.ts';
import { changeProfile } from '../commands/change-profile.ts';
import type { Deps } from '../commands/deps.ts';
import { guard, type Guarded } from '../commands/guard.ts';
import { linkProvider } from '../commands/link-provider.ts';
import type { Returned } from '../commands/return-from-provider.ts';
import { unlinkProvider } from '../commands/unlink-provider.ts';
import { identityValue } from '../domain/identity.ts';
import { asking } from './asking.ts';
import type { BenchProcess } from './bench-process.ts';
import type { Work } from './measure.ts';
import { patiently, type Member } from './verbs.ts';

/** What somebody does who is signed in, or comes back from a provider; the network is left out. */
export interface PersonVerbs {
  /** The session's row alone. */
  readonly sessionRow: Work;
  /** Whom a request stands for: the row, and the account's own stream. */
  readonly guard: Work;
  readonly signInByIdentity: Work;
  readonly link: Work;
  readonly linkAndUnlink: Work;
  readonly changeName: Work;
}

const issuer = 'https://github.com';
const profileOf = (subject: string) => ({ issuer, subject, handle: 'bench' });

/** The members in turn, and what each of them needs before anything is asked. */
class Turns {
  readonly #deps: Deps;
  readonly #members: readonly Member[];
  #turn = 0;
  #subjects = 0;

  constructor(deps: Deps, members: readonly Member[]) {
    this.#deps = deps;
    this.#members = members;
  }

  /** The next number below the count of members. */
  index(): number {
    return (this.#turn += 1) % this.#members.length;
  }

  next(): Member {
    const member = this.#members[this.index()];
    if (!member) throw new Error('nobody is registered');
    return member;
  }

  subject(): string {
    return `linked${(this.#subjects += 1)}`;
  }

  async guarded({ token }: Member): Promise<SignedIn & Guarded> {
    const found = await guard(this.#deps, token);
    if (!found) throw new Error('a session is not alive');
    return { ...asking, ...found };
  }

  async link(subject: string, member: Member): Promise<void> {
    const person = await this.guarded(member);
    const wish = { provider: 'github', profile: profileOf(subject) };
    must(await patiently(() => linkProvider(this.#deps, person, wish)));
  }
}

/** Every one of these people gets an identity that is known from then on. */
export async function preparePersonVerbs(
  { deps }: BenchProcess,
  members: readonly Member[],
): Promise<PersonVerbs> {
  const turns = new Turns(deps, members);
  for (const [index, member] of members.entries()) await turns.link(`known${index}`, member);
  return {
    sessionRow: async () => {
      const row = await deps.vault.sessions.find(turns.next().token, deps.clock());
      if (!row) throw new Error('a session has no row');
    },
    guard: () => turns.guarded(turns.next()),
    signInByIdentity: async () => {
      const nobody = { ...asking, signedIn: undefined };
      const { to } = await arrive(deps, cameBack(`known${turns.index()}`), nobody);
      if (to !== 'signed-in') throw new Error(`a known identity came to ${to}`);
    },
    link: () => turns.link(turns.subject(), turns.next()),
    linkAndUnlink: () => linkAndUnlink(deps, turns),
    changeName: () => changeName(deps, turns),
  };
}

async function linkAndUnlink(deps: Deps, turns: Turns): Promise<void> {
  const member = turns.next();
  const subject = turns.subject();
  await turns.link(subject, member);
  const person = await turns.guarded(member);
  const identityId = deps.keyOf('identity', identityValue(profileOf(subject)));
  const answer = await unlinkProvider(deps, person, { provider: 'github', identityId });
  must(answer);
  // Unlinking gives the acting session a new token.
  if (answer.ok) member.token = answer.issued?.token ?? member.token;
}

async function changeName(deps: Deps, turns: Turns): Promise<void> {
  const member = turns.next();
  const person = await turns.guarded(member);
  const form = { username: member.username, name: `Person ${turns.subject()}`, email: '' };
  must(await changeProfile(deps, person, form));
}

function must(answer: { readonly ok: boolean }): void {
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer)}`);
}

/** As a round trip ends: proved, and spent. */
export const cameBack = (subject: string): Returned => ({
  ok: true,
  handshake: {
    browser: 'bench',
    sessionId: null,
    accountId: null,
    provider: 'github',
    issuer,
    redirectUri: 'http://localhost/auth/github/callback',
    intent: 'continue',
    identityId: null,
    kept: '',
    redirectTo: '/',
    startedAt: new Date(),
  },
  proved: { profile: profileOf(subject), provedEmail: null, provedAt: null, tokens: null },
});
