import { describe, expect, test } from 'vitest';
import { auditorAt, auditTrail, somebodyAt } from '../support/audit-trails.ts';
import { isSignedIn, newPerson, registered, registerFields, signIn } from '../support/people.ts';
import type { Asked, Fields, WebClient } from '../support/web-client.ts';
import { browserAt, theApp } from './the-app.ts';

const app = theApp();
const browser = () => browserAt(app());

const newPassword = 'quiet marble lantern';

/** A form as its own page offers it, ready to be sent, and whether its wish came true. */
interface Ready {
  readonly client: WebClient;
  readonly path: string;
  readonly fields: Fields;
  readonly done: () => Promise<boolean>;
}

const forms: Readonly<Record<string, () => Promise<Ready>>> = {
  async 'POST /register'() {
    const [client, person] = [browser(), newPerson()];
    const fields = await client.fill('/register', registerFields(person));
    const done = async () => (await signIn(browser(), person)).status === 303;
    return { client, path: '/register', fields, done };
  },
  async 'POST /login'() {
    const { person } = await registered(browser());
    const client = browser();
    const typed = { identifier: person.username, password: person.password };
    const fields = await client.fill('/login', typed);
    return { client, path: '/login', fields, done: () => isSignedIn(client) };
  },
  async 'POST /logout'() {
    const { client } = await registered(browser());
    const fields = await client.fill('/', {}, 'csrf');
    return { client, path: '/logout', fields, done: async () => !(await isSignedIn(client)) };
  },
  async 'POST /theme'() {
    const client = browser();
    const fields = await client.fill('/', { theme: 'dark' }, 'redirectTo');
    return { client, path: '/theme', fields, done: async () => client.jar.has('theme') };
  },
  async 'POST /reauth'() {
    const { client, person } = await registered(browser());
    const fields = await client.fill('/reauth', { currentPassword: person.password });
    const token = client.jar.get('sid');
    return { client, path: '/reauth', fields, done: async () => client.jar.get('sid') !== token };
  },
  async 'POST /settings'() {
    const { client } = await registered(browser());
    const fields = await client.fill('/settings', { name: 'Another Name' });
    const done = async () => (await client.get('/')).text.includes('Another Name');
    return { client, path: '/settings', fields, done };
  },
  async 'POST /settings/password'() {
    const { client, person } = await registered(browser());
    const next = { newPassword, newPasswordConfirm: newPassword };
    const typed = { ...next, currentPassword: person.password };
    const fields = await client.fill('/settings/password', typed);
    const changed = { ...person, password: newPassword };
    const done = async () => (await signIn(browser(), changed)).status === 303;
    return { client, path: '/settings/password', fields, done };
  },
  async 'POST /settings/sessions'() {
    const { client, person } = await registered(browser());
    const other = browser();
    await signIn(other, person);
    const { csrf = '' } = await client.fill('/settings/sessions', {}, 'intent');
    const fields = { csrf, intent: 'end-others' };
    const done = async () => !(await isSignedIn(other));
    return { client, path: '/settings/sessions', fields, done };
  },
  async 'POST /audit'() {
    const { client } = await auditorAt(app());
    const { accountId } = await somebodyAt(app());
    const fields = await client.fill('/audit', { by: 'account', value: accountId }, 'value');
    const done = async () => (await auditTrail(app(), accountId)).length > 0;
    return { client, path: '/audit', fields, done };
  },
};

type Headers = NonNullable<Asked['headers']>;

/** What a page of another site can make a browser send. Sec-Fetch-Site is missing in old browsers. */
const foreign: Readonly<Record<string, (own: string) => Headers>> = {
  'another site': () => ({ origin: 'https://evil.example' }),
  'another site, told by the browser': (origin) => ({ origin, 'sec-fetch-site': 'cross-site' }),
  'a sister site': (origin) => ({ origin, 'sec-fetch-site': 'same-site' }),
  'another site that says it is ours': () => ({
    origin: 'https://evil.example',
    'sec-fetch-site': 'same-origin',
  }),
  'a sandboxed frame': () => ({ origin: 'null' }),
  'another port': (origin) => ({ origin: origin.replace(/:\d+$/, ':1') }),
  'another scheme': (origin) => ({ origin: origin.replace('http:', 'https:') }),
  'a name that only begins like ours': (origin) => ({ origin: `${origin}.evil.example` }),
  'our other loopback name': (origin) => ({ origin: origin.replace('localhost', '127.0.0.1') }),
};

describe.each(Object.entries(forms))('%s', (_name, prepare) => {
  test('CVE-2026-22030: is refused from any other place, by its page and by its data address', async () => {
    const { client, path, fields, done } = await prepare();

    for (const [place, headersOf] of Object.entries(foreign)) {
      for (const address of [path, `${path}.data`]) {
        const answer = await client.post(address, fields, headersOf(client.origin));

        expect(answer.status, `from ${place} to ${address}`).toBe(403);
      }
    }
    const body = new URLSearchParams(fields).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const silent = await client.ask(path, { method: 'POST', headers, body });
    expect(silent.status, 'without any Origin').toBe(403);
    for (const query of ['_data=root', '_data', `_data=routes${path}`, 'index&_data=x']) {
      const answer = await client.post(`${path}?${query}`, fields);
      expect(answer.status, query).toBe(403);
    }

    expect(await done()).toBe(false);
    expect(await client.post(path, fields)).toMatchObject({ status: 303 });
    expect(await done()).toBe(true);
  });

  test('is refused without its own token: none, made up, of another session, of another browser', async () => {
    const { client, path, fields, done } = await prepare();
    const { csrf: own = '', ...rest } = fields;
    const stranger = await registered(browser());
    const tokens = {
      none: undefined,
      empty: '',
      short: 'x',
      'made up': 'A'.repeat(own.length),
      'cut off': own.slice(0, -2),
      'of another session': (await stranger.client.fill('/settings', {}, 'email'))['csrf'],
      'of another browser': (await browser().fill('/login', {}, 'identifier'))['csrf'],
    };

    for (const [what, csrf] of Object.entries(tokens)) {
      const sent: Fields = csrf === undefined ? rest : { ...rest, csrf };
      const answer = await client.post(path, sent);

      expect(answer.status, what).toBe(403);
      expect(answer.text).toContain('This form is too old');
    }
    expect(await done()).toBe(false);
  });

  test('is no form in any other clothes', async () => {
    const { client, path, fields, done } = await prepare();
    const query = new URLSearchParams(fields).toString();
    const asked = [
      ['text/plain', query],
      ['application/json', JSON.stringify(fields)],
      ['multipart/form-data; boundary=x', multipart(fields)],
      ['application/x-www-form-urlencoded; charset=utf-16', query],
    ] as const;

    for (const [type, body] of asked) {
      const headers = { origin: client.origin, 'content-type': type };
      const answer = await client.ask(path, { method: 'POST', headers, body });
      expect(answer.status, type).toBe(415);
    }
    for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']) {
      const headers = { origin: client.origin };
      const { status } = await client.ask(`${path}?${query}`, { method, headers });
      expect([200, 303, 405], method).toContain(status);
    }
    expect(await done()).toBe(false);
  });
});

describe('a token made before the sign-in', () => {
  test('is not good for a form of the session, and a session’s not for another session of the account', async () => {
    const { client, person } = await registered(browser());
    const other = browser();
    const { csrf: before = '' } = await other.fill('/login', {}, 'identifier');
    await signIn(other, person);
    const form = await client.fill('/settings', { name: 'Another Name' });

    const early = await other.post('/settings', { ...form, csrf: before });
    const borrowed = await other.post('/settings', form);

    expect([early.status, borrowed.status]).toEqual([403, 403]);
    expect((await client.get('/')).text).toContain(person.name);
  });

  test('of a session that has ended leads to the sign-in, and changes nothing', async () => {
    const { client, person } = await registered(browser());
    const form = await client.fill('/settings', { name: 'Another Name' });
    await client.post('/logout', await client.fill('/', {}, 'csrf'));

    const late = await client.post('/settings', form);
    await signIn(client, person);
    const later = await client.post('/settings', form);

    expect(late).toMatchObject({ status: 303, location: '/login?redirectTo=%2Fsettings' });
    expect(later.status).toBe(403);
    expect(later.text).toContain('from before you signed in or out');
    expect((await client.get('/')).text).toContain(person.name);
  });
});

const multipart = (fields: Fields) =>
  Object.entries(fields)
    .map(
      ([name, value]) =>
        `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    .join('') + '--x--\r\n';
