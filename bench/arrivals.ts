import { z } from 'zod';
import { rememberHeader } from '../dev/local-provider/remembered.ts';
import { newStranger, registeredBy, type Stranger } from '../test/support/provider-trips.ts';
import { WebClient } from '../test/support/web-client.ts';
import { Browser, pathOf, type Answered } from './browser.ts';
import { nameOf, signsInByPassword } from './crowd-names.ts';
import type { Work } from './measure.ts';
import { password } from './verbs.ts';

/** People of one site who sign in over HTTP, each in turn, in a browser of their own that is signed out. */
export interface Arrivals {
  readonly signIn: Work;
  /** The whole round trip: leaves, is known at the provider, comes back, is signed in. */
  readonly dance: Work;
}

/** Where a site and the provider are that it sends people to. */
export interface Places {
  readonly site: string;
  readonly provider: string;
}

/** Latchkey's crowd, and as many others who have an account by the provider: the login page's forms, as they are sent. */
export async function arrivalsAtLatchkey(places: Places, people: number): Promise<Arrivals> {
  const { site, provider } = places;
  const strangers: { there: Browser; here: Browser; csrf: string }[] = [];
  for (let person = 0; person < people; person += 1) {
    const stranger = newStranger();
    const client = new WebClient(`http://localhost:${new URL(site).port}`, site);
    await registeredBy(client, 'google', stranger);
    client.jar.delete(latchkeySession);
    const { csrf = '' } = await client.fill('/login', {}, 'identifier');
    strangers.push({
      there: browserOf(provider, stranger),
      here: new Browser(site, client.jar),
      csrf,
    });
  }
  const names = Array.from({ length: 2 * people }, (_, number) => number).filter(signsInByPassword);
  return {
    signIn: inTurn(strangers, async ({ here, csrf }, index) => {
      const identifier = nameOf(names[index] ?? 0);
      const answered = await here.submit('/login', { csrf, identifier, password });
      mustBeSignedIn(answered, here, latchkeySession);
    }),
    dance: inTurn(strangers, async ({ here, there, csrf }) => {
      const away = pathOf(await here.submit('/auth/google', { csrf, intent: 'continue' }));
      const answered = await here.get(pathOf(await there.get(away)));
      mustBeSignedIn(answered, here, latchkeySession);
    }),
  };
}

/** Better Auth's people: its endpoints as its own client calls them. */
export async function arrivalsAtBetterAuth(places: Places, people: number): Promise<Arrivals> {
  const { site, provider } = places;
  const strangers = Array.from({ length: people }, () => ({
    there: browserOf(provider, newStranger()),
    here: new Browser(site),
  }));
  const arrivals: Arrivals = {
    signIn: inTurn(strangers, async ({ here }, index) => {
      const email = `person${index}@example.org`;
      const answered = await here.postJson('/api/auth/sign-in/email', { email, password });
      mustBeSignedIn(answered, here, betterAuthSession);
    }),
    dance: inTurn(strangers, async ({ here, there }) => {
      const wish = { provider: 'google', callbackURL: '/' };
      const { text } = await here.postJson('/api/auth/sign-in/social', wish);
      const { pathname, search } = new URL(addressIn(text));
      const answered = await here.get(pathOf(await there.get(pathname + search)));
      mustBeSignedIn(answered, here, betterAuthSession);
    }),
  };
  // The first time makes the account.
  for (let person = 0; person < people; person += 1) await arrivals.dance();
  return arrivals;
}

const latchkeySession = 'sid';
const betterAuthSession = 'better-auth.session_token';

/** The browser of somebody who stays signed in at the provider. */
function browserOf(provider: string, { emailVerified, ...stranger }: Stranger): Browser {
  const person = { ...stranger, emailVerified: emailVerified === 'yes' };
  const authTime = Math.floor(Date.now() / 1_000);
  const header = rememberHeader('google', { person, authTime })['set-cookie'] ?? '';
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
  return new Browser(provider, [[name, value]]);
}

/** There are more people than are under way at once: a browser is with nobody else while it is used. */
function inTurn<Person>(
  people: readonly Person[],
  once: (person: Person, index: number) => Promise<void>,
): Work {
  let turn = 0;
  return async () => {
    const index = (turn += 1) % people.length;
    const person = people[index];
    if (!person) throw new Error('nobody is there');
    await once(person, index);
  };
}

function mustBeSignedIn({ status, text }: Answered, browser: Browser, session: string): void {
  if (browser.forget(session)) return;
  throw new Error(`not signed in: ${status} ${text.slice(0, 300)}`);
}

function addressIn(text: string): string {
  const parsed = z.object({ url: z.string() }).safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`did not leave: ${text.slice(0, 300)}`);
  return parsed.data.url;
}
