import { describe, expect, test } from 'vitest';
import {
  isSignedIn,
  newPerson,
  register,
  registered,
  registerFields,
  signIn,
} from '../support/people.ts';
import type { WebClient } from '../support/web-client.ts';
import { appOfTest, browserAt, theApp } from './the-app.ts';

const app = theApp();
const browser = () => browserAt(app());

async function somebody(about: Parameters<typeof newPerson>[0] = {}) {
  const person = newPerson(about);
  const client = browser();
  expect(await register(client, person)).toMatchObject({ status: 303 });
  return { person, client };
}

const session = (client: WebClient) => client.jar.get('sid');

describe('the sign-in form', () => {
  test.each([
    ['the username', (name: string) => name],
    ['the username in capitals', (name: string) => name.toUpperCase()],
    ['the username in wide letters', (name: string) => wide(name)],
    ['the username among blanks', (name: string) => `  ${name}\t`],
    ['the e-mail', (name: string) => `${name}@example.org`],
    ['the e-mail in another case and width', (name: string) => `${wide(name)}＠EXAMPLE.org`],
  ])('opens to %s', async (_what, spelt) => {
    const { person } = await somebody();
    const client = browser();

    const answer = await signIn(client, { ...person, username: spelt(person.username) });

    expect(answer).toMatchObject({ status: 303, location: '/' });
    expect(await isSignedIn(client)).toBe(true);
  });

  test('leads to where somebody who was not signed in wanted to go', async () => {
    const { person } = await somebody();
    const client = browser();
    const asked = await client.get('/settings/sessions?from=mail');

    const answer = await client.submit(asked.location ?? '', {
      identifier: person.username,
      password: person.password,
    });

    expect(asked).toMatchObject({
      status: 303,
      location: '/login?redirectTo=%2Fsettings%2Fsessions%3Ffrom%3Dmail',
    });
    expect(answer.location).toBe('/settings/sessions?from=mail');
  });

  test.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    '/logout',
    '/auth/github',
    '/%2f%2fevil.example',
    'http:evil.example',
    '/settings/../../evil',
    'x'.repeat(20_000).slice(0, 9_000),
  ])('CVE-2022-31093: is not led astray by %j', async (redirectTo) => {
    const { person } = await somebody();
    const client = browser();
    const fields = await client.fill('/login', {
      identifier: person.username,
      password: person.password,
    });

    const { status, location = '' } = await client.post('/login', { ...fields, redirectTo });

    expect(status).toBe(303);
    expect(new URL(location, client.origin).origin).toBe(client.origin);
    expect(location).toMatch(/^\/(?![/\\])/);
  });

  test('says the same with the same cookies for every reason to refuse', async () => {
    const { person } = await somebody();
    const refused = [
      { identifier: 'nobody.here', password: person.password },
      { identifier: 'nobody@example.org', password: person.password },
      { identifier: person.username, password: 'not the password' },
      { identifier: person.email, password: 'not the password' },
      { identifier: person.username, password: 'x'.repeat(8_000) },
      { identifier: person.username, password: `${person.password} ` },
      { identifier: 'ﬀ\u0000‮', password: '\u0000' },
    ];

    const answers = await Promise.all(
      refused.map(async (typed) => {
        const client = browser();
        const { status, text, setCookies, refusal } = await client.submit('/login', typed);
        return { status, text, refusal, cookies: setCookies.map(nameOf) };
      }),
    );

    expect(answers[0]).toMatchObject({ status: 400, refusal: undefined });
    expect(answers[0]?.text).toContain('is not right');
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  test.each([
    [{ identifier: ' ', password: 'x' }, 'identifier'],
    [{ identifier: 'ada', password: '' }, 'password'],
  ])('asks for what is missing: %j', async (typed, field) => {
    const answer = await browser().submit('/login', typed);

    expect(answer.status).toBe(400);
    expect(Object.keys(answer.messages)).toEqual([field]);
  });

  test('keeps what was typed, and never the password', async () => {
    const answer = await browser().submit('/login', { identifier: '<ada> "', password: 'secret!' });

    expect(answer.form('identifier').fields).toMatchObject({ identifier: '<ada> "', password: '' });
    expect(answer.html).not.toContain('secret!');
  });

  test('refused in a browser that is signed in is told so, and the session goes on', async () => {
    const { client, person } = await somebody();
    const page = await browserWithout(client).get('/login');
    const { fields } = page.form('identifier');

    const typed = { identifier: person.username, password: 'not the password' };
    const answer = await client.post('/login', { ...fields, ...typed });

    expect(answer.status).toBe(400);
    expect(answer.text).toContain('is not right');
    expect(await isSignedIn(client)).toBe(true);
    const again = { ...answer.form('identifier').fields, ...typed, password: person.password };
    expect(await client.post('/login', again)).toMatchObject({ status: 303 });
  });

  test.each([
    ['identifier', 'identifier=ada&identifier=bob&password=x'],
    ['password', 'identifier=ada&password=x&password=y'],
    ['csrf', 'identifier=ada&password=x&csrf=z'],
  ])('CVE-2023-7028: is not read with %s twice', async (_field, rest) => {
    const client = browser();
    const { csrf = '' } = await client.fill('/login', {}, 'identifier');

    const answer = await client.ask('/login', {
      method: 'POST',
      headers: {
        origin: client.origin,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: `csrf=${csrf}&${rest}`,
    });

    expect(answer.status).toBe(400);
    expect(answer.text).toContain('one field twice');
  });

  test('CVE-2025-22228: a password counts whole, past 72 bytes, and in any script', async () => {
    const long = 'ключ от 🗝 шкафа '.repeat(3);
    const { person } = await somebody({ password: `${long}a` });

    expect(await signIn(browser(), { ...person, password: `${long}b` })).toMatchObject({
      status: 400,
    });
    expect(await signIn(browser(), person)).toMatchObject({ status: 303 });
  });

  test('is for a password as it was typed, blanks and NUL bytes included', async () => {
    const { person } = await somebody({ password: '  a\u0000secret\u0000phrase ' });

    expect(await signIn(browser(), person)).toMatchObject({ status: 303 });
    expect(await signIn(browser(), { ...person, password: '  a' })).toMatchObject({ status: 400 });
  });

  test('a second registration with the password of another account is none of its business', async () => {
    const { person } = await somebody();

    const other = newPerson({ email: person.email });
    const answer = await browser().submit('/register', registerFields(other));

    expect(answer).toMatchObject({ status: 409, refusal: 'email-taken' });
    expect(await signIn(browser(), { ...person, username: other.username })).toMatchObject({
      status: 400,
    });
  });
});

describe('a refused sign-in', () => {
  test('allauth 65.3.0, CVE-2025-22234: takes as long for nobody, and for a password too long to be one', async () => {
    const own = await appOfTest({ BCRYPT_COST: '10' });
    const { person } = await registered(browserAt(own));
    const cases = {
      wrong: { identifier: person.username, password: 'not the password' },
      nobody: { identifier: 'nobody.here', password: 'not the password' },
      'nobody’s e-mail': { identifier: 'nobody@example.org', password: 'not the password' },
      'too long': { identifier: person.username, password: 'x'.repeat(8_000) },
      'too long for nobody': { identifier: 'nobody.here', password: 'x'.repeat(8_000) },
    };
    const shortest = new Map<string, number>();
    for (let round = 0; round < 8; round += 1) {
      for (const [what, typed] of Object.entries(cases)) {
        const client = browserAt(own);
        const fields = await client.fill('/login', typed);
        const started = performance.now();
        await client.post('/login', fields);
        const took = performance.now() - started;
        shortest.set(what, Math.min(took, shortest.get(what) ?? Infinity));
      }
    }

    // The shortest of eight is what the work takes when nothing else disturbs it; a hash is most of it.
    const wrong = shortest.get('wrong') ?? 0;
    for (const [what, took] of shortest) expect(took / wrong, what).toBeGreaterThan(0.3);
    for (const [what, took] of shortest) expect(took / wrong, what).toBeLessThan(4);
  });
});

describe('a session', () => {
  test('gets a token nobody could plant: at every sign-in a new one', async () => {
    const { person, client } = await somebody();
    const planted = 'p'.repeat(43);
    const victim = browser();
    victim.jar.set('sid', planted);

    await signIn(victim, person);
    const first = session(victim);
    await victim.post('/logout', await victim.fill('/', {}, 'csrf'));
    await signIn(victim, person);

    expect(first).not.toBe(planted);
    expect(new Set([session(client), first, session(victim), planted]).size).toBe(4);
  });

  test('of somebody else that was planted ends when its holder signs in over it', async () => {
    const attacker = await somebody();
    const victim = await somebody();
    const client = browser();
    const page = await client.fill('/login', {
      identifier: victim.person.username,
      password: victim.person.password,
    });
    client.jar.set('sid', session(attacker.client) ?? '');

    await client.post('/login', page);

    expect((await client.get('/')).text).toContain(victim.person.name);
    expect(await isSignedIn(attacker.client)).toBe(false);
  });

  test('CVE-2023-48309: is made by no other cookie of ours', async () => {
    const { client } = await somebody();
    for (const name of ['anon', 'known', 'flash', 'typed', 'theme']) {
      const thief = browser();
      thief.jar.set('sid', client.jar.get(name) ?? 'system');

      expect(await isSignedIn(thief)).toBe(false);
    }
  });

  test('counts for nobody where two cookies of the name are sent', async () => {
    const { client } = await somebody();
    const sid = session(client) ?? '';

    for (const cookie of [`sid=${sid}; sid=${sid}`, `sid=x; sid=${sid}`, `sid="${sid}"`]) {
      const answer = await client.ask('/settings', { headers: { cookie } });

      expect(answer.status).toBe(303);
    }
  });

  test('dies on the server at sign-out: the old cookie opens nothing', async () => {
    const { client } = await somebody();
    const thief = browser();
    thief.jar.set('sid', session(client) ?? '');
    expect(await isSignedIn(thief)).toBe(true);

    const answer = await client.post('/logout', await client.fill('/', {}, 'csrf'));

    expect(answer).toMatchObject({ status: 303, location: '/signed-out' });
    expect(answer.headers['clear-site-data']).toBe('"cache", "storage"');
    expect(client.jar.has('sid')).toBe(false);
    expect(await isSignedIn(thief)).toBe(false);
  });

  test('is not ended by an address: GET, HEAD and OPTIONS of /logout change nothing', async () => {
    const { client } = await somebody();

    for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT']) {
      expect(await client.ask('/logout', { method })).toMatchObject({ status: 405 });
    }
    expect(await isSignedIn(client)).toBe(true);
  });
});

const wide = (text: string) =>
  [...text].map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)).join('');

const nameOf = (line: string) => line.split('=')[0];

/** The same browser, not signed in. */
function browserWithout(client: WebClient): WebClient {
  const other = browser();
  for (const [name, value] of client.jar) if (name !== 'sid') other.jar.set(name, value);
  return other;
}
