import { describe, expect, test } from 'vitest';
import { formsIn } from '../support/html-forms.ts';
import { factsOf, isSignedIn, registered, signIn, type Person } from '../support/people.ts';
import type { WebClient } from '../support/web-client.ts';
import { appOfTest, browserAt, theApp } from './the-app.ts';

const app = theApp();
const browser = () => browserAt(app());
const somebody = () => registered(browser());

/** One more browser in which this person is signed in. */
async function anotherBrowser(person: Person): Promise<WebClient> {
  const client = browser();
  await signIn(client, person);
  return client;
}

const newPassword = 'quiet marble lantern';
const changed = (person: Person, next = newPassword) => ({
  currentPassword: person.password,
  newPassword: next,
  newPasswordConfirm: next,
});
const changePassword = (client: WebClient, person: Person) =>
  client.submit('/settings/password', changed(person), 'newPassword');

/** The ids of the sessions that the page offers to end. */
async function offeredTo(client: WebClient): Promise<string[]> {
  const { html } = await client.get('/settings/sessions');
  return formsIn(html).flatMap(({ fields }) => fields['sessionId'] ?? []);
}

describe('a password change', () => {
  test('ends every other session and gives its own a new token', async () => {
    const { client, person } = await somebody();
    const other = await anotherBrowser(person);
    const thief = browser();
    thief.jar.set('sid', client.jar.get('sid') ?? '');

    const answer = await changePassword(client, person);

    expect(answer).toMatchObject({ status: 303, location: '/settings/password' });
    expect(await isSignedIn(client)).toBe(true);
    expect(await isSignedIn(other)).toBe(false);
    expect(await isSignedIn(thief)).toBe(false);
    expect(await signIn(browser(), person)).toMatchObject({ status: 400 });
    expect(await signIn(browser(), { ...person, password: newPassword })).toMatchObject({
      status: 303,
    });
    expect(await factsOf(client)).toEqual(['Account opened with a password', 'Password changed']);
  });

  test.each([
    ['currentPassword', { currentPassword: 'not the password' }],
    ['currentPassword', { currentPassword: '' }],
    ['newPassword', { newPassword: 'short', newPasswordConfirm: 'short' }],
    ['newPassword', { newPassword: 'password1234', newPasswordConfirm: 'password1234' }],
    ['newPasswordConfirm', { newPasswordConfirm: 'another marble lantern' }],
  ])('with a wrong %s comes back with 400, and changes nothing', async (field, wrong) => {
    const { client, person } = await somebody();
    const other = await anotherBrowser(person);

    const typed = { ...changed(person), ...wrong };
    const answer = await client.submit('/settings/password', typed, 'newPassword');

    expect(answer.status).toBe(400);
    expect(Object.keys(answer.messages)).toEqual([field]);
    expect(await isSignedIn(other)).toBe(true);
    expect(await signIn(browser(), person)).toMatchObject({ status: 303 });
  });

  test('allauth 0.34.0: to "set" a password where one exists is refused', async () => {
    const { client, person } = await somebody();
    const fields = await client.fill('/settings/password', changed(person), 'newPassword');

    const answer = await client.post('/settings/password', { ...fields, intent: 'set' });

    expect(answer).toMatchObject({ status: 409, refusal: 'password-already-set' });
    expect(await signIn(browser(), person)).toMatchObject({ status: 303 });
  });

  test('to remove the only way in is refused', async () => {
    const { client, person } = await somebody();
    const { csrf = '' } = await client.fill('/settings/password', {}, 'newPassword');

    const answer = await client.post('/settings/password', {
      csrf,
      intent: 'remove',
      currentPassword: person.password,
    });

    expect(answer).toMatchObject({ status: 409, refusal: 'last-way-in' });
    expect(await isSignedIn(client)).toBe(true);
    expect(await signIn(browser(), person)).toMatchObject({ status: 303 });
  });

  test('H3: a sign-in that races it with the old password loses, whichever answer came first', async () => {
    const { client, person } = await somebody();
    let current = person;
    for (let round = 0; round < 12; round += 1) {
      const thieves = await Promise.all(
        Array.from({ length: 4 }, async () => {
          const thief = browser();
          const typed = { identifier: person.username, password: current.password };
          return { thief, fields: await thief.fill('/login', typed) };
        }),
      );
      const next = `${newPassword} ${round}`;
      const form = await client.fill('/settings/password', changed(current, next), 'newPassword');

      const [answer] = await Promise.all([
        client.post('/settings/password', form),
        ...thieves.map(({ thief, fields }) => thief.post('/login', fields)),
      ]);

      expect(answer.status).toBe(303);
      const alive = await Promise.all(thieves.map(({ thief }) => isSignedIn(thief)));
      expect(alive).toEqual([false, false, false, false]);
      expect(await isSignedIn(client)).toBe(true);
      current = { ...person, password: next };
    }
  });

  test('H3: of two at once from two browsers, one wins and the other’s session is over', async () => {
    const { client, person } = await somebody();
    const other = await anotherBrowser(person);
    const browsers = [client, other];
    const forms = await Promise.all(
      browsers.map((one, index) =>
        one.fill('/settings/password', changed(person, `${newPassword} ${index}`), 'newPassword'),
      ),
    );

    await Promise.all(
      browsers.map((one, index) => one.post('/settings/password', forms[index] ?? {})),
    );

    const alive = await Promise.all(browsers.map(isSignedIn));
    const works = await Promise.all(
      browsers.map(async (_one, index) => {
        const password = `${newPassword} ${index}`;
        return (await signIn(browser(), { ...person, password })).status === 303;
      }),
    );
    expect(works.filter(Boolean)).toHaveLength(1);
    expect(alive).toEqual(works);
  });
});

describe('the list of sessions', () => {
  test('ends one: the other browser is signed out at its next request', async () => {
    const { client, person } = await somebody();
    const [other, third] = [await anotherBrowser(person), await anotherBrowser(person)];
    const ofThird = await offeredTo(third);
    const [sessionId = ''] = (await offeredTo(client)).filter((id) => !ofThird.includes(id));
    const fields = await client.fill(
      '/settings/sessions',
      { intent: 'end', sessionId },
      'sessionId',
    );
    const answer = await client.post('/settings/sessions', fields);

    expect(answer).toMatchObject({ status: 303, location: '/settings/sessions' });
    expect(await isSignedIn(third)).toBe(false);
    expect(await isSignedIn(other)).toBe(true);
    expect(await isSignedIn(client)).toBe(true);
  });

  test('ends all others and keeps this one', async () => {
    const { client, person } = await somebody();
    const others = [await anotherBrowser(person), await anotherBrowser(person)];
    const { csrf = '' } = await client.fill('/settings/sessions', {}, 'sessionId');

    await client.post('/settings/sessions', { csrf, intent: 'end-others' });

    expect((await client.get('/settings/sessions')).text).toContain('2 other sessions are over.');
    expect(await Promise.all(others.map(isSignedIn))).toEqual([false, false]);
    expect(await isSignedIn(client)).toBe(true);
  });

  test('CVE-2025-61928: ends nothing of another account, whatever the form says', async () => {
    const { client, person } = await somebody();
    const victim = await somebody();
    const twin = await anotherBrowser(victim.person);
    const [sessionId = ''] = await offeredTo(twin);
    await anotherBrowser(person);
    const form = await client.fill('/settings/sessions', {}, 'sessionId');

    await client.post('/settings/sessions', { ...form, sessionId });
    await client.post('/settings/sessions', { ...form, sessionId, accountId: 'x', account: 'x' });

    expect((await client.get('/settings/sessions')).text).toContain('already over');
    expect(await isSignedIn(victim.client)).toBe(true);
    expect(await isSignedIn(twin)).toBe(true);
  });

  test.each(['', 'x', '../', "' OR 1=1 --", 'x'.repeat(5_000)])(
    'answers an id that is none (%#) without a fault',
    async (sessionId) => {
      const { client, person } = await somebody();
      await anotherBrowser(person);
      const form = await client.fill('/settings/sessions', { sessionId }, 'sessionId');

      expect(await client.post('/settings/sessions', form)).toMatchObject({ status: 303 });
      expect(await offeredTo(client)).toHaveLength(1);
    },
  );

  test('knows no other intent', async () => {
    const { client } = await somebody();
    const { csrf = '' } = await client.fill('/', {}, 'csrf');

    expect(await client.post('/settings/sessions', { csrf, intent: 'all' })).toMatchObject({
      status: 400,
    });
  });
});

describe('a session in time (F22)', () => {
  const hours = (count: number) => count * 60 * 60 * 1000;

  test('is over after twelve hours unused, and after thirty days however much it was used', async () => {
    const own = await appOfTest();
    const [idle, busy] = [browserAt(own), browserAt(own)];
    await registered(idle);
    const { person } = await registered(busy);

    for (let hour = 11; hour <= 30 * 24; hour += 11) {
      await own.setClockAhead(hours(hour));
      if (hour === 11) expect(await isSignedIn(idle)).toBe(true);
      expect(await isSignedIn(busy)).toBe(hour < 30 * 24);
    }
    await own.setClockAhead(hours(30 * 24) + 1);

    expect(await isSignedIn(busy)).toBe(false);
    expect(await isSignedIn(idle)).toBe(false);
    expect(await signIn(busy, person)).toMatchObject({ status: 303 });
  });

  test('does not live longer because the clock went back', async () => {
    const own = await appOfTest();
    await own.setClockAhead(hours(2));
    const { client, person } = await registered(browserAt(own));

    await own.setClockAhead(0);

    expect(await isSignedIn(client)).toBe(false);
    expect(await signIn(client, person)).toMatchObject({ status: 303 });
    expect(await isSignedIn(client)).toBe(true);
  });

  test('is told in the order of the log, whatever the clock said', async () => {
    const own = await appOfTest();
    await own.setClockAhead(hours(2));
    const { client, person } = await registered(browserAt(own));
    await client.submit('/settings', { name: 'First' });
    await own.setClockAhead(0);
    client.jar.delete('sid');
    await signIn(client, person);
    await client.submit('/settings', { name: 'Second' });
    await own.setClockAhead(hours(1));

    await client.submit('/settings', { name: 'Third' });
    // An hour after the last proof former names are hidden (H19).
    client.jar.delete('sid');
    await signIn(client, person);

    expect(await factsOf(client)).toEqual([
      'Account opened with a password',
      'Name changed to First',
      'Name changed to Second',
      'Name changed to Third',
    ]);
  });
});
