import { randomUUID } from 'node:crypto';
import { registerUser } from '../commands/register-user.ts';
import { signIn } from '../commands/sign-in.ts';
import { asking } from './asking.ts';
import type { BenchProcess } from './bench-process.ts';
import { faultCode } from '../eventstore/event-store.ts';
import { paceOf, type Work } from './measure.ts';

export const password = 'violet harbour candle';

/** Somebody registered for the bench, signed in. */
export interface Member {
  readonly accountId: string;
  readonly username: string;
  /** Changes where a verb ends other sessions. */
  token: string;
}

/** What a visitor does, each a person of their own every time: nobody contends. */
export interface Verbs {
  readonly register: Work;
  readonly signIn: Work;
  /** The first of those who were registered beforehand. */
  readonly members: readonly Member[];
}

/** So many of the registered do things in the bench; the others only are there. */
const mostMembers = 256;

/** With so many people registered and signed in beforehand. */
export async function prepareVerbs({ deps }: BenchProcess, people: number): Promise<Verbs> {
  const members: Member[] = [];
  let registered = 0;
  const register = async () => {
    registered += 1;
    const username = `person${registered}`;
    const email = `${username}@example.org`;
    const name = `Person Number ${registered}`;
    const form = { ...asking, accountId: randomUUID(), email, username, name, password };
    const answer = await patiently(() => registerUser(deps, form));
    if (!answer.ok) throw new Error(`a registration was refused: ${JSON.stringify(answer)}`);
    const { token } = answer.issued;
    if (members.length < Math.min(people, mostMembers)) {
      members.push({ accountId: form.accountId, username, token });
    }
  };
  await paceOf(register, { width: 32, count: people });
  let signIns = 0;
  const oneSignIn = async () => {
    signIns += 1;
    const identifier = `person${(signIns % people) + 1}`;
    const answer = await signIn(deps, { ...asking, identifier, password });
    if (!answer.ok) throw new Error(`a sign-in was refused: ${JSON.stringify(answer)}`);
  };
  return { register, signIn: oneSignIn, members };
}

/** As people do where a machine is so busy that no outcome is certain in time: the same wish again. */
export async function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
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
