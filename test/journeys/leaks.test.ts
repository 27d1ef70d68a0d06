import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { spellingsOf, whereFound, type Place } from '../support/needles.ts';
import { newPerson, register, registered, registerFields, signIn } from '../support/people.ts';
import { runLatchkey } from '../support/run-latchkey.ts';
import { commitmentsIn } from './files.ts';
import { browserAt, theApp } from './the-app.ts';

const app = theApp({ LOG_LEVEL: 'trace', RATE_LIMITS: 'on' });

/** What a run left behind: every file under DATA_DIR as its bytes, and what the processes printed. */
function leftBehind(printed: string): readonly Place[] {
  const { dataDir, output } = app();
  const files = readdirSync(dataDir).map((name) => ({
    name,
    bytes: readFileSync(join(dataDir, name)),
  }));
  return [...files, { name: 'the output', bytes: Buffer.from(output() + printed) }];
}

const person = newPerson({
  email: 'Wilhelmine.Ødegård+schlüssel@Käsefondue-Überraschung.example',
  username: 'kaleidoskop-quizz.77',
  name: 'Władysława Ćwiklińska 𝔛𝔄 Quetzalcoatlus',
  password: 'Gänseblümchen & Zwölfergebirge \u0000 №7',
});
const next = {
  email: 'neue.Anschrift.xylofon@Rhabarberkompott.example',
  username: 'xylofonbauer.99',
  name: 'Þórgnýr 👩🏽‍🚀 Łukasiewicz-Przybyszewska',
  password: 'Butterblumenwiese im Vorgarten 42',
};
const attempts = {
  identifier: 'unbekannte.identitaet.zzz@Nirgendwo.example',
  password: 'vergeblicher Versuch mit Passwort',
};
const userAgent = 'Leckfinder/7.3 (Wahrzeichenbrowser)';

let printed = '';
let secretsOfBrowsers: string[] = [];

/** A whole life: refused and made, signed in and out, changed, recovered, looked at by an operator. */
async function live(): Promise<void> {
  const [client, other] = [browserAt(app()), browserAt(app())];
  client.userAgent = userAgent;
  const answers = [
    await client.submit('/register', { ...registerFields(person), passwordConfirm: 'anders' }),
    await register(client, person),
    await register(other, newPerson({ email: person.email })),
    await client.submit('/settings', {
      name: next.name,
      username: next.username,
      email: next.email,
    }),
    await client.submit('/settings/password', {
      currentPassword: person.password,
      newPassword: next.password,
      newPasswordConfirm: next.password,
    }),
    await client.submit('/reauth', { currentPassword: next.password }),
    await client.get('/settings/history?text=xylofonbauer.99&q=kaleidoskop-quizz.77'),
    await client.get(`/nowhere/${next.username}?email=${encodeURIComponent(next.email)}`),
    await other.submit('/login', attempts),
    await other.submit('/login', { identifier: next.email, password: attempts.password }),
    await signIn(other, next),
  ];
  const statuses = [400, 303, 409, 303, 303, 303, 200, 404, 400, 400, 303];
  expect(answers.map(({ status }) => status)).toEqual(statuses);

  const environment = { DATA_DIR: app().dataDir, ORIGIN: app().origin };
  const link = await runLatchkey(['recover', next.username, '--json'], environment);
  const { pathname } = new URL((JSON.parse(link) as { url: string }).url);
  const recovered = await client.submit(pathname, {
    newPassword: person.password,
    newPasswordConfirm: person.password,
  });
  expect(recovered.status).toBe(303);
  printed =
    (await runLatchkey(['verify'], environment)) + (await runLatchkey(['doctor'], environment));
  const { csrf = '', once = '' } = await browserAt(app()).fill('/register', {}, 'once');
  const cookies = [client, other].flatMap(({ jar }) => [...jar].map(([, value]) => value));
  secretsOfBrowsers = [...cookies, csrf, once, pathname.split('/').at(-1) ?? ''];
}

beforeAll(live);

describe('after somebody’s whole life here (I9-like, G21)', () => {
  const { email, username, name, password } = person;
  const needles = {
    'the e-mail': email,
    'the e-mail in its canonical form':
      'wilhelmine.ødegård+schlüssel@käsefondue-überraschung.example',
    'the e-mail’s local part': 'ødegård+schlüssel',
    'the e-mail’s domain': 'käsefondue-überraschung',
    'the e-mail’s domain as DNS has it': 'xn--ksefondue-berraschung',
    'the username': username,
    'the name': name,
    'a part of the name': 'Quetzalcoatlus',
    'the password': password,
    'a part of the password': 'Zwölfergebirge',
    'the new e-mail': next.email,
    'the new e-mail’s domain': 'rhabarberkompott',
    'the new username': next.username,
    'the new name': next.name,
    'the new password': next.password,
    'an identifier of nobody': attempts.identifier,
    'a wrong password': attempts.password,
    'the user agent': userAgent,
  };

  test.each(Object.entries(needles))('%s stands in no file and no line', (_what, needle) => {
    expect(whereFound(needle, leftBehind(printed))).toEqual([]);
  });

  test('allauth 0.63.4: no session, form token, one-time link or cookie stands there', () => {
    expect(secretsOfBrowsers.length).toBeGreaterThan(8);
    const found = secretsOfBrowsers.flatMap((secret) => whereFound(secret, leftBehind(printed)));

    expect(found).toEqual([]);
  });

  test('the same search finds what was put there, in every spelling, at every alignment', async () => {
    const place = leftBehind(printed)[0];
    expect(place).toBeDefined();
    const needle = next.email;

    for (const { how, bytes } of spellingsOf(needle)) {
      for (const before of ['', 'x', 'xy', 'xyz']) {
        const haystack = Buffer.concat([Buffer.from(before), bytes, Buffer.from('…')]);
        expect(whereFound(needle, [{ name: how, bytes: haystack }])).not.toEqual([]);
      }
    }
    for (const shift of ['', '-', '--']) {
      const encoded = Buffer.from(`${shift}${needle}${shift}`).toString('base64');
      expect(whereFound(needle, [{ name: 'base64', bytes: Buffer.from(encoded) }])).not.toEqual([]);
      const url = Buffer.from(`${shift}${needle}${shift}`).toString('base64url');
      expect(whereFound(needle, [{ name: 'base64url', bytes: Buffer.from(url) }])).not.toEqual([]);
    }
    // What is rightly there is found: the log names its events, the output its routes.
    expect(whereFound('UserRegistered', leftBehind(printed))).toContainEqual(
      expect.stringContaining('log.db'),
    );
    expect(whereFound('/settings/password', leftBehind(printed))).toContainEqual(
      expect.stringContaining('the output'),
    );
  });

  test('H9: equal words of two people leave nothing equal: every commitment has its own salt', async () => {
    const { name, password } = person;
    await registered(browserAt(app()), { name, password });
    await registered(browserAt(app()), { name, password });

    const commitments = await commitmentsIn(app().dataDir);

    expect(commitments.length).toBeGreaterThan(5);
    expect(new Set(commitments).size).toBe(commitments.length);
  });
});
