import { randomUUID } from 'node:crypto';
import { arrive } from '../commands/arrive.ts';
import type { Deps } from '../commands/deps.ts';
import { guard } from '../commands/guard.ts';
import { linkProvider } from '../commands/link-provider.ts';
import { registerUser } from '../commands/register-user.ts';
import { signIn } from '../commands/sign-in.ts';
import { asking } from './asking.ts';
import { BareVerbs, type Picks } from './bare-verbs.ts';
import { startBenchProcess } from './bench-process.ts';
import { nameOf, subjectOf } from './crowd-names.ts';
import type { Work } from './measure.ts';
import { cameBack } from './person-verbs.ts';
import { password } from './verbs.ts';

export const crowdVerbs = ['register', 'signIn', 'signInByIdentity', 'guard', 'link'] as const;
export type CrowdVerb = (typeof crowdVerbs)[number];

/** What people of a crowd do, anybody of them, and the same in plain SQL in the same files. */
export interface CrowdProcess {
  readonly ours: Readonly<Record<CrowdVerb, Work>>;
  readonly bare: Readonly<Record<CrowdVerb, Work>>;
  readonly close: () => Promise<void>;
}

/** So many people of the crowd are signed in; the pages of their rows lie anywhere in the tables. */
const signedIn = 1_000;

export async function openCrowdVerbs(dataDir: string, accounts: number): Promise<CrowdProcess> {
  const { deps, close } = await startBenchProcess(undefined, dataDir);
  const any = (ends: 0 | 1) => 2 * Math.floor((Math.random() * accounts) / 2) + ends;
  const tokens: string[] = [];
  let turns = 0;
  const picks: Picks = {
    withPassword: () => any(0),
    withIdentity: () => any(1),
    token: () => tokens[(turns += 1) % tokens.length] ?? '',
  };
  while (tokens.length < Math.min(signedIn, accounts / 2)) tokens.push(await enter(deps, picks));
  const bare = await BareVerbs.open(dataDir, { keyOf: deps.keyOf, picks });
  return {
    ours: verbsOf(deps, picks),
    bare,
    close: async () => {
      await close();
      bare.close();
    },
  };
}

const verbsOf = (deps: Deps, picks: Picks): CrowdProcess['ours'] => ({
  register: () => register(deps),
  signIn: () => enter(deps, picks),
  signInByIdentity: async () => {
    const nobody = { ...asking, signedIn: undefined };
    const { to } = await arrive(deps, cameBack(subjectOf(picks.withIdentity())), nobody);
    if (to !== 'signed-in') throw new Error(`a known identity came to ${to}`);
  },
  guard: () => guarded(deps, picks),
  link: async () => {
    const profile = { issuer: 'https://github.com', subject: randomUUID(), handle: 'bench' };
    must(await linkProvider(deps, await guarded(deps, picks), { provider: 'github', profile }));
  },
});

async function register(deps: Deps): Promise<void> {
  const accountId = randomUUID();
  const username = `new-${accountId}`.slice(0, 30);
  const person = { accountId, username, email: `${accountId}@example.org`, name: 'New Person' };
  must(await registerUser(deps, { ...asking, ...person, password }));
}

async function enter(deps: Deps, { withPassword }: Picks): Promise<string> {
  const identifier = nameOf(withPassword());
  const answer = await signIn(deps, { ...asking, identifier, password });
  if (!answer.ok) throw new Error(`a sign-in was refused: ${JSON.stringify(answer)}`);
  return answer.issued.token;
}

async function guarded(deps: Deps, { token }: Picks) {
  const found = await guard(deps, token());
  if (!found) throw new Error('a session is not alive');
  return { ...asking, ...found };
}

function must(answer: { readonly ok: boolean }): void {
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer)}`);
}
