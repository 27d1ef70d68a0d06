import { randomBytes } from 'node:crypto';
import { textIn } from './html-forms.ts';
import type { Answer, WebClient } from './web-client.ts';

/** What somebody types into the register form. */
export interface Person {
  readonly email: string;
  readonly username: string;
  readonly name: string;
  readonly password: string;
}

export const goodPassword = 'violet harbour candle';

/** Somebody nobody else in a test run is. */
export function newPerson(about: Partial<Person> = {}): Person {
  const id = randomBytes(6).toString('hex');
  return {
    email: `p${id}@example.org`,
    username: `p${id}`,
    name: `Person ${id}`,
    password: goodPassword,
    ...about,
  };
}

/** The register form as a person fills it in. */
export const registerFields = ({ email, username, name, password }: Person) => ({
  email,
  username,
  name,
  password,
  passwordConfirm: password,
});

/** Opens the register form and sends it. */
export const register = (client: WebClient, person: Person): Promise<Answer> =>
  client.submit('/register', registerFields(person));

/** Opens the sign-in form and sends it. */
export const signIn = (
  client: WebClient,
  { username, password }: Pick<Person, 'username' | 'password'>,
): Promise<Answer> => client.submit('/login', { identifier: username, password });

/** Whether the settings open to this browser: only to somebody who is signed in. */
export async function isSignedIn(client: WebClient): Promise<boolean> {
  const { status } = await client.get('/settings');
  if (status !== 200 && status !== 303) throw new Error(`the settings answered ${status}`);
  return status === 200;
}

/** A browser whose owner has just registered. */
export async function registered(client: WebClient, about: Partial<Person> = {}) {
  const person = newPerson(about);
  const { status, text } = await register(client, person);
  if (status !== 303) throw new Error(`could not register: ${status} ${text}`);
  return { client, person };
}

/** The sentences of the history's first page, newest first; facts and what stands beside them. */
export async function historyOf(client: WebClient): Promise<readonly string[]> {
  const { html } = await client.get('/settings/history');
  const sentences = html.matchAll(/<p class="register-sentence">(.*?)<\/p>/gs);
  return [...sentences].map(([, inside = '']) => textIn(inside).replace(/[\u2068\u2069]/g, ''));
}

/** The facts of the history, oldest first: what changed, without sign-ins and refusals. */
export async function factsOf(client: WebClient): Promise<readonly string[]> {
  const { html } = await client.get('/settings/history');
  const facts = html.matchAll(
    /<li id="entry-\d+"[^>]*>.*?<p class="register-sentence">(.*?)<\/p>/gs,
  );
  const sentences = [...facts].map(([, inside = '']) => textIn(inside));
  return sentences.map((sentence) => sentence.replace(/[\u2068\u2069]/g, '')).reverse();
}
