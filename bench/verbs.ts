import { randomUUID } from 'node:crypto';
import type { Asking } from '../commands/asking.ts';
import { guard } from '../commands/guard.ts';
import { linkProvider } from '../commands/link-provider.ts';
import { registerUser } from '../commands/register-user.ts';
import { signIn } from '../commands/sign-in.ts';
import type { BenchProcess } from './bench-process.ts';
import { faultCode } from '../eventstore/event-store.ts';
import type { Work } from './measure.ts';

const asking: Asking = {
  requestId: 'bench',
  from: { ip: '192.0.2.7', userAgent: 'Mozilla/5.0 (X11; Linux x86_64) bench' },
  knows: () => false,
};
const password = 'violet harbour candle';

/** What is measured, each a person of their own every time: nobody contends. */
export interface Verbs {
  readonly register: Work;
  /** With the guard of its request, which finds out who asks. */
  readonly link: Work;
  readonly signIn: Work;
}

/** With so many people registered and signed in beforehand. */
export async function prepareVerbs({ deps }: BenchProcess, people: number): Promise<Verbs> {
  let registered = 0;
  const register = async () => {
    registered += 1;
    const username = `person${registered}`;
    const email = `${username}@example.org`;
    const name = `Person Number ${registered}`;
    const form = { ...asking, accountId: randomUUID(), email, username, name, password };
    const answer = await patiently(() => registerUser(deps, form));
    if (!answer.ok) throw new Error(`a registration was refused: ${JSON.stringify(answer)}`);
    return answer;
  };
  const tokens: string[] = [];
  while (tokens.length < people) tokens.push((await register()).issued.token);
  let links = 0;
  const link = async () => {
    const subject = String((links += 1));
    const guarded = await guard(deps, tokens[links % people] ?? '');
    if (!guarded) throw new Error('a session is not alive');
    const profile = { issuer: 'https://github.com', subject, handle: 'bench' };
    const person = { ...asking, ...guarded };
    const wish = { provider: 'github', profile };
    const answer = await patiently(() => linkProvider(deps, person, wish));
    if (!answer.ok) throw new Error(`a link was refused: ${JSON.stringify(answer)}`);
  };
  let signIns = 0;
  const oneSignIn = async () => {
    signIns += 1;
    const identifier = `person${(signIns % people) + 1}`;
    const answer = await signIn(deps, { ...asking, identifier, password });
    if (!answer.ok) throw new Error(`a sign-in was refused: ${JSON.stringify(answer)}`);
  };
  return { register, link, signIn: oneSignIn };
}

/** As people do where a machine is so busy that no outcome is certain in time: the same wish again. */
async function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (faultCode(error) !== 'try-again') throw error;
    return patiently(ask);
  }
}

/** What one of a verb asks of the log, in order. */
export async function callsOf({ calls }: BenchProcess, work: Work): Promise<string> {
  calls.order = '';
  await work();
  return calls.order;
}
