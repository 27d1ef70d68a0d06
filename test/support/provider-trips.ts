import { randomInt } from 'node:crypto';
import type { RoleName } from '../../dev/local-provider/roles.ts';
import type { LocalProvider, Seen } from '../../dev/local-provider/start-local-provider.ts';
import { formsIn } from './html-forms.ts';
import type { Answer, Fields, WebClient } from './web-client.ts';

/** Somebody at the local provider, as its form takes them. */
export interface Stranger {
  readonly subject: string;
  readonly handle: string;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: string;
}

/** Somebody nobody else in a test run is; the e-mail is verified where nothing else is said. */
export function newStranger(about: Partial<Stranger> = {}): Stranger {
  const subject = String(randomInt(1e9, 2 ** 40));
  const handle = `s${subject}`;
  const rest = {
    name: `Stranger ${subject}`,
    email: `${handle}@example.com`,
    emailVerified: 'yes',
  };
  return { subject, handle, ...rest, ...about };
}

/** Where a round trip sets out from. */
export interface Start {
  readonly role: RoleName;
  /** The page whose button is pressed. */
  readonly page?: string;
  /** Fields that the page's own form does not have, or has otherwise. */
  readonly typed?: Fields;
}

const LOGIN = '/login';
export const CONNECTIONS = '/settings/connections';

/** The page's own form that leaves for a provider. Throws where it has none. */
export async function startForm(client: WebClient, { role, page = LOGIN }: Start): Promise<Fields> {
  const shown = await client.get(page);
  const form = formsIn(shown.html).find(({ action }) => action === `/auth/${role}`);
  if (!form) throw new Error(`no way to ${role} on ${page}: ${shown.status} ${shown.text}`);
  return form.fields;
}

/** Presses the button: the answer is the way there. */
export const leave = async (client: WebClient, start: Start): Promise<Answer> =>
  client.post(`/auth/${start.role}`, { ...(await startForm(client, start)), ...start.typed });

/** Presses the button; answers the address at the provider. Throws where it does not lead there. */
export async function leaveFor(client: WebClient, start: Start): Promise<URL> {
  const { status, location = '', text } = await leave(client, start);
  if (status !== 303 || !URL.canParse(location)) {
    throw new Error(`did not leave: ${status} ${location} ${text}`);
  }
  return new URL(location);
}

/** Says at the provider who one is, and how it should go wrong; answers the path of the way back. */
export async function answerThere(url: URL, form: object, cookie = ''): Promise<string> {
  const body = new URLSearchParams({ ...form });
  const answer = await fetch(url, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { cookie },
  });
  const location = answer.headers.get('location');
  if (location === null) throw new Error(`the provider answered ${answer.status}`);
  const { pathname, search } = new URL(location);
  return pathname + search;
}

/** There and back: the answer of the callback. */
export async function roundTrip(client: WebClient, start: Start, form: object): Promise<Answer> {
  return client.get(await answerThere(await leaveFor(client, start), form));
}

/** There and back as somebody who wants to connect. Their proof of presence must be fresh. */
export const linkTrip = (client: WebClient, role: RoleName, form: object): Promise<Answer> =>
  roundTrip(client, { role, page: CONNECTIONS }, form);

/** The question that a callback led to. Throws where it led elsewhere. */
export async function questionOf(client: WebClient, callback: Answer): Promise<Answer> {
  const { location = '', status, text } = callback;
  if (!location.startsWith('/auth/confirm?')) {
    throw new Error(`no question: ${status} ${location} ${text}`);
  }
  return client.get(location);
}

/** Says yes to the question, or what `typed` says instead. */
export async function sayYes(client: WebClient, callback: Answer, typed: Fields = {}) {
  const { fields } = (await questionOf(client, callback)).form('pending');
  return client.post(callback.location ?? '', { ...fields, ...typed });
}

/** A browser whose owner has just made an account with a provider. */
export async function registeredBy(client: WebClient, role: RoleName, stranger = newStranger()) {
  const made = await sayYes(client, await roundTrip(client, { role }, stranger));
  if (made.status !== 303) throw new Error(`no account: ${made.status} ${made.text}`);
  return { client, stranger };
}

/** Connects an identity to the account that is signed in here. Its proof of presence must be fresh. */
export async function connect(client: WebClient, role: RoleName, stranger = newStranger()) {
  const answer = await sayYes(client, await linkTrip(client, role, stranger));
  if (answer.location !== CONNECTIONS) throw new Error(`not connected: ${answer.text}`);
  return stranger;
}

/** The form of the connections page that does this to the way in with this handle or name. */
export async function wayInForm(
  client: WebClient,
  shown: string,
  intent: 'unlink' | 'restore',
): Promise<Fields> {
  const { html } = await client.get(CONNECTIONS);
  const row = [...html.matchAll(/<li class="grid.*?<\/li>/gs)].find(([it]) => it.includes(shown));
  const form = formsIn(row?.[0] ?? '').find(({ fields }) => fields['intent'] === intent);
  if (!form) throw new Error(`nothing to ${intent} is called ${shown}`);
  return form.fields;
}

/** The form that takes it away. */
export const disconnectForm = (client: WebClient, shown: string): Promise<Fields> =>
  wayInForm(client, shown, 'unlink');

/** The requests that redeemed a code, or tried to. */
export const tokenRequests = ({ seen }: Pick<LocalProvider, 'seen'>): readonly Seen[] =>
  seen.filter(({ method, path }) => method === 'POST' && /(\/token|access_token)$/.test(path));

/** The form token of whoever this browser is now. */
export const csrfOf = async (client: WebClient): Promise<string> =>
  (await client.fill('/', {}, 'csrf'))['csrf'] ?? '';

export const logOut = async (client: WebClient): Promise<Answer> =>
  client.post('/logout', { csrf: await csrfOf(client) });

/** Answers a question from a browser of one's own choice, with that browser's own form token. */
export async function answerAs(client: WebClient, callback: Answer, intent: string) {
  const pending = callback.location?.split('pending=')[1] ?? '';
  return client.post('/auth/confirm', { csrf: await csrfOf(client), pending, intent });
}
