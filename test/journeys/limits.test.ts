import { describe, expect, test } from 'vitest';
import { isSignedIn, newPerson, register, registered, signIn } from '../support/people.ts';
import { appOfTest, browserAt } from './the-app.ts';

const MINUTES = 60_000;
const wrong = 'not the password';
const times = (count: number) => Array.from({ length: count }, (_, index) => index);

/** An application that counts, with one account in it and the browser that made it. */
async function counting() {
  const app = await appOfTest({ RATE_LIMITS: 'on' });
  const stranger = () => browserAt(app);
  const { client, person } = await registered(stranger());
  return { app, stranger, client, person };
}

describe('wrong passwords', () => {
  test('run out, with 429 and Retry-After, in whatever spelling the account is named', async () => {
    const { app, stranger, person } = await counting();
    const { username } = person;
    const spellings = [
      username,
      username.toUpperCase(),
      `  ${username} `,
      username.replace('p', 'ｐ'),
      username.replace('p', 'ᴾ'),
    ];

    const statuses: number[] = [];
    for (const index of times(8)) {
      const identifier = spellings[index % spellings.length] ?? '';
      const answer = await signIn(stranger(), { username: identifier, password: wrong });
      statuses.push(answer.status);
    }
    const refused = await signIn(stranger(), person);

    expect(new Set(statuses)).toEqual(new Set([400]));
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(60);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(15 * 60);
    expect(refused.text).toContain('Too many tries');
    expect(refused.form('identifier').fields).toMatchObject({ identifier: username });

    await app.setClockAhead(16 * MINUTES);
    expect(await signIn(stranger(), person)).toMatchObject({ status: 303 });
  });

  test('run out alike for a name that nobody has', async () => {
    const { stranger } = await counting();

    const answers = [];
    for (const _ of times(9)) {
      answers.push(await signIn(stranger(), { username: 'nobody.here', password: wrong }));
    }

    expect(answers.map(({ status }) => status)).toEqual([...times(8).map(() => 400), 429]);
  });

  test('GHSA-x732-6j76-qmhm, CVE-2026-9798: no spelling of the address goes round the limit', async () => {
    const { stranger, person } = await counting();
    const paths = ['/login', '/login.data', '/login?index', '/login.data?_routes=routes%2Flogin'];
    const sent = async (path: string, password: string) => {
      const client = stranger();
      const typed = { identifier: person.username, password };
      return client.post(path, await client.fill('/login', typed));
    };
    for (const index of times(8)) await sent(paths[index % paths.length] ?? '', wrong);

    const limited = await Promise.all(paths.map((path) => sent(path, person.password)));
    const odd = ['/LOGIN', '//login', '/login/', '/./login', '/%6cogin', '/login//', '/LOGIN.data'];
    const nowhere = await Promise.all(odd.map((path) => sent(path, person.password)));

    expect(limited.map(({ status }) => status)).toEqual([429, 429, 429, 429]);
    expect(new Set(nowhere.map(({ status }) => status))).toEqual(new Set([404]));
    for (const { setCookies } of [...limited, ...nowhere]) {
      expect(setCookies.join()).not.toContain('sid=');
    }
  });

  test('of thirty at once no more than the budget is looked at', async () => {
    const { stranger, person } = await counting();
    const tries = await Promise.all(
      times(30).map(async () => {
        const client = stranger();
        const typed = { identifier: person.username, password: wrong };
        return { client, fields: await client.fill('/login', typed) };
      }),
    );

    const answers = await Promise.all(
      tries.map(({ client, fields }) => client.post('/login', fields)),
    );

    const looked = answers.filter(({ status }) => status === 400);
    expect(looked.length).toBeGreaterThan(0);
    expect(looked.length).toBeLessThanOrEqual(8);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400, 429]));
  });

  test('H16: of strangers do not shut out the browser that was here before', async () => {
    const { stranger, client, person } = await counting();
    await client.post('/logout', await client.fill('/', {}, 'csrf'));
    for (const _ of times(10)) await signIn(stranger(), { ...person, password: wrong });

    expect(await signIn(stranger(), person)).toMatchObject({ status: 429 });
    expect(await signIn(client, person)).toMatchObject({ status: 303 });
  });

  test('allauth 65.8.1: a success does not clear the address’s budget', async () => {
    const { stranger, person, client } = await counting();
    for (const index of times(29)) {
      await signIn(stranger(), { username: `nobody${index}`, password: wrong });
    }

    const right = await signIn(stranger(), person);
    const next = await signIn(stranger(), person);

    expect(right.status).toBe(303);
    expect(next.status).toBe(429);
    expect(await isSignedIn(client)).toBe(true);
  });

  test('stay counted over a restart', async () => {
    const { app, stranger, person } = await counting();
    for (const _ of times(8)) await signIn(stranger(), { ...person, password: wrong });
    await app.kill();

    const again = await appOfTest({ RATE_LIMITS: 'on' }, { dataDir: app.dataDir });

    expect(await signIn(browserAt(again), person)).toMatchObject({ status: 429 });
  });
});

describe('a proof in a session', () => {
  test('may fail ten times; a right one costs nothing', async () => {
    const { client, person } = await counting();
    const prove = (currentPassword: string) => client.submit('/reauth', { currentPassword });
    for (const _ of times(12)) expect(await prove(person.password)).toMatchObject({ status: 303 });

    for (const _ of times(10)) expect(await prove(wrong)).toMatchObject({ status: 400 });
    const limited = await prove(person.password);
    const typed = {
      currentPassword: person.password,
      newPassword: wrong,
      newPasswordConfirm: wrong,
    };
    const change = await client.submit('/settings/password', typed);

    expect(limited.status).toBe(429);
    expect(limited.headers['retry-after']).toMatch(/^\d+$/);
    expect(change.status).toBe(429);
    expect(change.headers['retry-after']).toMatch(/^\d+$/);
  });
});

describe('registrations', () => {
  test('from one address run out, and the form keeps what was typed', async () => {
    const { app, stranger, person } = await counting();
    const first = await Promise.all(times(19).map(() => register(stranger(), newPerson())));
    const late = newPerson();

    const limited = await register(stranger(), late);

    expect(new Set(first.map(({ status }) => status))).toEqual(new Set([303]));
    expect(limited.status).toBe(429);
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(60);
    const { email, username, name } = late;
    expect(limited.form('once').fields).toMatchObject({ email, username, name, password: '' });
    expect(await signIn(stranger(), person)).toMatchObject({ status: 303 });

    await app.setClockAhead(61 * MINUTES);
    expect(await register(stranger(), late)).toMatchObject({ status: 303 });
  });
});
