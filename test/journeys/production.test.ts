import { beforeAll, describe, expect, test } from 'vitest';
import { newPerson, register, registered, signIn } from '../support/people.ts';
import { freshSecrets } from '../support/run-latchkey.ts';
import { WebClient, type Answer } from '../support/web-client.ts';
import { appOfTest } from './the-app.ts';

const ORIGIN = 'https://latchkey.example';
const wrong = 'not the password';
const times = (count: number) => Array.from({ length: count }, (_, index) => index);
let secrets: Readonly<Record<string, string>> = {};

beforeAll(async () => {
  secrets = await freshSecrets();
});

/** The application as it stands behind a proxy on a public address: no development rule holds. */
async function inProduction(environment: Readonly<Record<string, string>> = {}) {
  const app = await appOfTest({
    ...secrets,
    ORIGIN,
    RATE_LIMITS: 'on',
    BCRYPT_COST: '10',
    ...environment,
  });
  return { app, browser: () => new WebClient(ORIGIN, app.origin) };
}

const cookieOf = ({ setCookies }: Answer, name: string) =>
  setCookies.find((line) => line.startsWith(`${name}=`));

describe('on a public address', () => {
  test('every cookie is __Host-, Secure, HttpOnly and Lax, and the session an opaque token', async () => {
    const { browser } = await inProduction();
    const client = browser();

    const page = await client.get('/register');
    const person = newPerson();
    const registering = await register(client, person);
    const theme = await client.post(
      '/theme',
      await client.fill('/', { theme: 'dark' }, 'redirectTo'),
    );
    const [form, rest] = [
      await client.fill('/settings', { email: 'x@example.org' }),
      'Path=/; HttpOnly; SameSite=Lax; Secure',
    ];
    await client.post('/settings', form);

    const lines = [page, registering, theme].flatMap(({ setCookies }) => setCookies);
    expect(lines.length).toBeGreaterThan(4);
    for (const line of lines) {
      expect(line).toMatch(
        /^__Host-[a-z]+=[A-Za-z0-9._~-]+; Path=\/; HttpOnly; SameSite=Lax; Secure(; Max-Age=\d+)?$/,
      );
      expect(line.length).toBeLessThan(4096);
    }
    const session = cookieOf(registering, '__Host-sid');
    expect(session).toMatch(/^__Host-sid=[A-Za-z0-9_-]{43}; /);
    expect(session).toContain(rest);
    expect(session).not.toContain('Max-Age');
  });

  test('a cookie of a plain name, which a sister site could plant, is not read', async () => {
    const { browser } = await inProduction();
    const { client } = await registered(browser());
    const token = client.jar.get('__Host-sid') ?? '';
    const reads = async (cookie: string) =>
      (await browser().ask('/settings', { headers: { cookie } })).status;

    expect(await reads(`__Host-sid=${token}`)).toBe(200);
    expect(await reads(`sid=${token}`)).toBe(303);
    expect(await reads(`__Secure-sid=${token}`)).toBe(303);
    expect(await reads(`__host-sid=${token}`)).toBe(303);
    expect(await reads(`__Host-sid=x; __Host-sid=${token}`)).toBe(303);
  });

  test('every page carries the headers: signed in and out, found and not, read and refused', async () => {
    const { browser } = await inProduction();
    const out = browser();
    const { client } = await registered(browser());
    const answers = await Promise.all([
      ...[
        '/',
        '/register',
        '/login',
        '/signed-out',
        '/nowhere',
        '/settings',
        '/recover/x',
        '//',
      ].map((path) => out.get(path)),
      ...[
        '/',
        '/settings',
        '/settings/password',
        '/settings/sessions',
        '/settings/history',
        '/reauth',
      ].map((path) => client.get(path)),
      out.post('/login', { identifier: 'x' }),
      out.post('/login', {}, { origin: 'https://evil.example' }),
      out.ask('/login', { method: 'DELETE' }),
      client.get('/settings.data'),
    ]);

    const nonces = new Set<string>();
    for (const { headers, html } of answers) {
      expect(headers).toMatchObject({
        'strict-transport-security': 'max-age=63072000; includeSubDomains',
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
        'x-frame-options': 'DENY',
      });
      expect(headers['referrer-policy']).toMatch(/^(same-origin|no-referrer)$/);
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('access-control-allow-origin');
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
      nonces.add(nonce);
      for (const [tag] of html.matchAll(/<script\b[^>]*>/g))
        expect(tag).toContain(`nonce="${nonce}"`);
      expect(html).not.toMatch(/<[^>]+ style=|<style\b| on\w+="/);
    }
    expect(nonces.size).toBe(answers.length);
  });

  test('a Host or forwarded host makes no address of ours', async () => {
    const { browser } = await inProduction();
    const evil = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      forwarded: 'host=evil.example',
    };

    for (const headers of [evil, { host: 'evil.example' }, { ...evil, host: 'evil.example' }]) {
      for (const path of ['/settings', '/login?redirectTo=/x', '/register', '/LOGIN', '/nowhere']) {
        const answer = await browser().ask(path, { headers });
        expect(`${answer.location} ${answer.html}`).not.toContain('evil.example');
      }
      const posted = await browser().post(
        '/login',
        {},
        { ...headers, origin: 'https://evil.example' },
      );
      expect(posted.status).toBe(403);
    }
  });

  test('allauth 65.14.2: X-Forwarded-For is not believed where no proxy is trusted', async () => {
    const { browser } = await inProduction();
    const attempt = async (index: number) => {
      const client = browser();
      const fields = await client.fill('/login', { identifier: `nobody${index}`, password: wrong });
      const headers = {
        'x-forwarded-for': `198.51.100.${index}`,
        'x-real-ip': `198.51.100.${index}`,
      };
      return (await client.post('/login', fields, headers)).status;
    };

    const statuses = await Promise.all(times(40).map(attempt));

    expect(statuses.filter((status) => status === 400)).toHaveLength(30);
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
  });

  test('behind one trusted proxy the client is what that proxy wrote, not what the client wrote', async () => {
    const { browser } = await inProduction({ TRUSTED_PROXIES: '1' });
    const attempt = async (index: number, from: string) => {
      const client = browser();
      const fields = await client.fill('/login', { identifier: `nobody${index}`, password: wrong });
      const headers = { 'x-forwarded-for': `203.0.113.${index}, ${from}` };
      return (await client.post('/login', fields, headers)).status;
    };

    const one = await Promise.all(times(31).map((index) => attempt(index, '198.51.100.1')));
    const other = await attempt(99, '198.51.100.2');

    expect(one.filter((status) => status === 429)).toHaveLength(1);
    expect(other).toBe(400);
  });

  test('the address that proxies told is what a person reads in the list of sessions', async () => {
    const { browser } = await inProduction({ TRUSTED_PROXIES: '1' });
    const { client, person } = await registered(browser());
    const other = browser();
    const typed = { identifier: person.username, password: person.password };
    const fields = await other.fill('/login', typed);
    await other.post('/login', fields, { 'x-forwarded-for': '1.2.3.4, 198.51.100.77' });

    const { text } = await client.get('/settings/sessions');

    expect(text).toContain('198.51.100.77');
    expect(text).not.toContain('1.2.3.4');
    expect(await signIn(browser(), person)).toMatchObject({ status: 303 });
  });

  test('metrics are for this machine alone, not for what a proxy hands on', async () => {
    const { browser } = await inProduction();
    const headers = { 'x-forwarded-for': '198.51.100.7' };

    expect(await browser().ask('/metrics')).toMatchObject({ status: 403 });
    expect(await browser().ask('/metrics', { headers })).toMatchObject({ status: 403 });
    expect(await browser().ask('/healthz', { headers })).toMatchObject({ status: 200 });
    expect(await browser().ask('/readyz', { headers })).toMatchObject({ status: 200 });
  });
});

describe('H8 under development rules', () => {
  test('a request that was forwarded, or meant for another host, is answered 421 before anything else', async () => {
    const app = await appOfTest();
    const client = new WebClient(app.origin);
    const { person } = await registered(new WebClient(app.origin));
    const typed = { identifier: person.username, password: person.password };
    const fields = await client.fill('/login', typed);

    for (const headers of [
      { 'x-forwarded-for': '198.51.100.7' },
      { 'x-forwarded-host': 'localhost' },
      { forwarded: 'for=198.51.100.7' },
      { via: '1.1 proxy' },
      { host: 'latchkey.example' },
      { host: 'localhost.evil.example' },
      { host: '127.0.0.1.evil.example' },
    ]) {
      expect(await client.post('/login', fields, headers)).toMatchObject({ status: 421 });
      expect(await client.ask('/login', { headers })).toMatchObject({ status: 421 });
    }
    expect(client.jar.has('sid')).toBe(false);
    expect(await client.post('/login', fields)).toMatchObject({ status: 303 });
  });
});
