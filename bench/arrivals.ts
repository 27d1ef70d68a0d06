import { z } from 'zod';
import { rememberHeader } from '../dev/local-provider/remembered.ts';
import { Browser, hiddenField, pathOf, type Answered } from './browser.ts';
import type { Work } from './measure.ts';
import { password } from './verbs.ts';

/** People of one side who sign in over HTTP, each in turn, in a browser of their own that is signed out. */
export interface Arrivals {
  readonly signIn: Work;
  /** The whole round trip: leaves, is known at the provider, comes back, is signed in. */
  readonly dance: Work;
}

interface Side {
  readonly site: Browser;
  readonly provider: Browser;
}

const SESSION = { latchkey: 'sid', betterAuth: 'better-auth.session_token' } as const;

/** A browser for each of so many people; at the provider all of them stay signed in. */
function sidesOf(site: string, provider: string, people: number): Side[] {
  const authTime = Math.floor(Date.now() / 1_000);
  return Array.from({ length: people }, (_, index) => {
    const there = new Browser(provider);
    const handle = `known${index}`;
    const email = `${handle}@example.com`;
    const person = { subject: handle, handle, name: 'Known', email, emailVerified: true };
    const header = rememberHeader('google', { person, authTime })['set-cookie'] ?? '';
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
    there.set(name, value);
    return { site: new Browser(site), provider: there };
  });
}

/** A person's browser is with nobody else while it is used, as many as there are at once. */
function inTurn<Person>(
  people: readonly Person[],
  once: (person: Person, index: number) => Promise<void>,
) {
  let turn = 0;
  return async () => {
    const index = (turn += 1) % people.length;
    const person = people[index];
    if (!person) throw new Error('nobody is there');
    await once(person, index);
  };
}

function mustBeSignedIn(answered: Answered, site: Browser, cookie: string): void {
  if (!site.has(cookie)) {
    throw new Error(`not signed in: ${answered.status} ${answered.text.slice(0, 300)}`);
  }
  site.forget(cookie);
}

/** Latchkey: its login form, and the button that leaves for Google. */
export async function arrivalsAtLatchkey(
  site: string,
  provider: string,
  people: number,
): Promise<Arrivals> {
  const sides = sidesOf(site, provider, people);
  const csrf: string[] = [];
  for (const side of sides) csrf.push(hiddenField(await side.site.get('/login'), 'csrf'));
  const form = (index: number) => ({ csrf: csrf[index] ?? '', redirectTo: '/' });
  return {
    signIn: inTurn(sides, async ({ site }, index) => {
      const identifier = `person${index + 1}`;
      const answered = await site.submit('/login', { ...form(index), identifier, password });
      mustBeSignedIn(answered, site, SESSION.latchkey);
    }),
    dance: inTurn(sides, async ({ site, provider }, index) => {
      const fields = { ...form(index), intent: 'continue' };
      const there = pathOf(await site.submit('/auth/google', fields));
      const answered = await site.get(pathOf(await provider.get(there)));
      mustBeSignedIn(answered, site, SESSION.latchkey);
    }),
  };
}

/** Better Auth: its endpoints as its own client calls them. */
export async function arrivalsAtBetterAuth(
  site: string,
  provider: string,
  people: number,
): Promise<Arrivals> {
  const sides = sidesOf(site, provider, people);
  const arrivals: Arrivals = {
    signIn: inTurn(sides, async ({ site }, index) => {
      const email = `person${index}@example.org`;
      const answered = await site.postJson('/api/auth/sign-in/email', { email, password });
      mustBeSignedIn(answered, site, SESSION.betterAuth);
    }),
    dance: inTurn(sides, async ({ site, provider }) => {
      const wish = { provider: 'google', callbackURL: '/' };
      const { text } = await site.postJson('/api/auth/sign-in/social', wish);
      const { pathname, search } = new URL(addressIn(text));
      const answered = await site.get(pathOf(await provider.get(pathname + search)));
      mustBeSignedIn(answered, site, SESSION.betterAuth);
    }),
  };
  // The first time makes the account.
  for (let person = 0; person < people; person += 1) await arrivals.dance();
  return arrivals;
}

function addressIn(text: string): string {
  const parsed = z.object({ url: z.string() }).safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`did not leave: ${text.slice(0, 300)}`);
  return parsed.data.url;
}
