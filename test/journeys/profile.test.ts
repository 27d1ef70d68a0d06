import { describe, expect, test } from 'vitest';
import { factsOf, isSignedIn, newPerson, registered, signIn } from '../support/people.ts';
import type { WebClient } from '../support/web-client.ts';
import { appOfTest, browserAt, theApp } from './the-app.ts';

const app = theApp();
const browser = () => browserAt(app());
const somebody = () => registered(browser());

const MINUTES = 60_000;
const storedIn = async (client: WebClient) => (await client.get('/settings')).form('email').fields;

describe('the profile form', () => {
  test('changes name, username and e-mail at once; both new names open the account, the old ones nothing', async () => {
    const { client, person } = await somebody();
    const next = newPerson();
    const { name, username, email } = next;

    const answer = await client.submit('/settings', { name, username, email });

    expect(answer).toMatchObject({ status: 303, location: '/settings' });
    expect(await storedIn(client)).toMatchObject({ name, username, email });
    expect(await factsOf(client)).toEqual([
      'Account opened with a password',
      `Name changed to ${name}`,
      `Username changed to ${username}`,
      `E-mail address changed to ${email}`,
    ]);
    const { password } = person;
    for (const identifier of [username, email]) {
      expect(await signIn(browser(), { username: identifier, password })).toMatchObject({
        status: 303,
      });
    }
    for (const identifier of [person.username, person.email]) {
      expect(await signIn(browser(), { username: identifier, password })).toMatchObject({
        status: 400,
      });
    }
  });

  test('frees what it left: somebody else may have it now', async () => {
    const { client, person } = await somebody();
    const { username, email } = newPerson();
    await client.submit('/settings', { username, email });

    const other = await registered(browser(), { username: person.username, email: person.email });

    expect(await isSignedIn(other.client)).toBe(true);
  });

  test('sent as it stands changes nothing and says so', async () => {
    const { client } = await somebody();

    const answer = await client.submit('/settings', {}, 'email');

    expect(answer).toMatchObject({ status: 303, location: '/settings' });
    expect((await client.get('/settings')).text).toContain('Nothing was changed.');
    expect(await factsOf(client)).toHaveLength(1);
  });

  test.each([
    ['username', { username: 'Not Good' }],
    ['username', { username: 'settings' }],
    ['name', { name: 'a\u202eb' }],
    ['email', { email: 'nowhere' }],
    ['email', { email: '' }],
  ])('with a wrong %s comes back with 400 and keeps the rest: %j', async (field, wrong) => {
    const { client } = await somebody();

    const answer = await client.submit('/settings', { name: 'Another', ...wrong }, 'email');

    expect(answer.status).toBe(400);
    expect(Object.keys(answer.messages)).toEqual([field]);
    expect(answer.form('email').fields).toMatchObject({ name: 'Another', ...wrong });
    expect(await factsOf(client)).toHaveLength(1);
  });

  test.each(['username', 'email'] as const)(
    'is all or nothing: a taken %s leaves the name as it was',
    async (field) => {
      const { client, person } = await somebody();
      const other = await somebody();

      const typed = { name: 'Another', [field]: other.person[field] };
      const answer = await client.submit('/settings', typed);

      expect(answer).toMatchObject({ status: 409, refusal: `${field}-taken` });
      expect(Object.keys(answer.messages)).toEqual([field]);
      expect(await storedIn(client)).toMatchObject({ name: person.name });
      expect(await factsOf(client)).toHaveLength(1);
    },
  );

  test('CVE-2025-61928, CVE-2026-27946: changes one’s own account and only its own fields', async () => {
    const { client } = await somebody();
    const victim = await somebody();
    const [entry = ''] = await factsOf(victim.client);

    const answer = await client.submit('/settings', {
      name: 'Mallory',
      accountId: victim.person.username,
      sessionId: 'x',
      status: 'closing',
      role: 'auditor',
      emailVerified: 'true',
    });

    expect(answer.status).toBe(303);
    expect(await storedIn(victim.client)).toMatchObject({ name: victim.person.name });
    expect(await factsOf(victim.client)).toEqual([entry]);
    expect(await factsOf(client)).toEqual([entry, 'Name changed to Mallory']);
  });

  test('sent twice, and twice at once, is one change', async () => {
    const { client } = await somebody();
    const { name, username, email } = newPerson();
    const form = await client.fill('/settings', { name, username, email });

    const answers = await Promise.all([
      client.post('/settings', form),
      client.post('/settings', form),
    ]);
    const again = await client.post('/settings', form);

    expect([...answers, again].map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(await factsOf(client)).toHaveLength(4);
  });

  test('twenty different names at once: each answer is true, and the history holds every one', async () => {
    const { client } = await somebody();
    const form = await client.fill('/settings', {}, 'email');
    const names = Array.from({ length: 20 }, (_, index) => `Name ${index}`);

    const answers = await Promise.all(
      names.map((name) => client.post('/settings', { ...form, name })),
    );

    const saved = names.filter((_, index) => answers[index]?.status === 303);
    const told = (await factsOf(client))
      .slice(1)
      .map((fact) => fact.replace(/^Name changed to /, ''));
    expect(told.toSorted()).toEqual(saved.toSorted());
    expect(saved.length).toBeGreaterThan(0);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
  });
});

describe('an e-mail change, five minutes after the sign-in', () => {
  const aged = async () => {
    const own = await appOfTest();
    const { client, person } = await registered(browserAt(own));
    await own.setClockAhead(6 * MINUTES);
    return { own, client, person };
  };
  const wished = { name: 'A New Name', email: 'new@example.org' };

  test('asks who it is, changes nothing, and keeps what was typed for a fresh submit (H6)', async () => {
    const { client, person } = await aged();

    const asked = await client.submit('/settings', wished);
    const reauth = await client.get(asked.location ?? '');
    const before = await storedIn(client);
    const confirmed = await client.submit(asked.location ?? '', {
      currentPassword: person.password,
    });
    const shown = await client.get('/settings');
    const factsAfterProof = await factsOf(client);
    const saved = await client.post('/settings', shown.form('email').fields);

    expect(asked).toMatchObject({ status: 303, location: '/reauth?redirectTo=%2Fsettings' });
    expect(reauth.text).toContain('Before your e-mail address changes');
    expect(before).toMatchObject({ name: person.name, email: person.email });
    expect(confirmed).toMatchObject({ status: 303, location: '/settings' });
    expect(shown.form('email').fields).toMatchObject(wished);
    expect(shown.text).toContain('Nothing is saved yet.');
    expect(factsAfterProof).toEqual(['Account opened with a password']);
    expect(saved).toMatchObject({ status: 303, location: '/settings' });
    expect(await factsOf(client)).toHaveLength(3);
  });

  test('H6: what a thief typed and left is not saved by the owner’s proof for something else', async () => {
    const { client, person } = await aged();
    await client.submit('/settings', { email: 'thief@example.org' });

    await client.submit('/reauth?redirectTo=/settings/password', {
      currentPassword: person.password,
    });

    expect(await factsOf(client)).toEqual(['Account opened with a password']);
    const later = await storedIn(client);
    const again = await storedIn(client);
    expect(later).toMatchObject({ email: 'thief@example.org' });
    expect(again).toMatchObject({ email: person.email });
  });

  test('H6: forgets what was typed after five minutes, and for everybody else at once', async () => {
    const { own, client, person } = await aged();
    await client.submit('/settings', wished);
    const other = await registered(browserAt(own));
    other.client.jar.set('typed', client.jar.get('typed') ?? '');
    const seenByOther = await storedIn(other.client);

    await own.setClockAhead(12 * MINUTES);
    await client.submit('/reauth', { currentPassword: person.password });

    expect(client.jar.has('typed')).toBe(true);
    expect(await storedIn(client)).toMatchObject({ email: person.email, name: person.name });
    expect(seenByOther).toMatchObject({ email: other.person.email });
  });

  test('asks nothing for the name, the username, or another spelling of the same e-mail', async () => {
    const { client, person } = await aged();
    const { name, username } = newPerson();

    const answer = await client.submit('/settings', {
      name,
      username,
      email: person.email.toUpperCase(),
    });

    expect(answer).toMatchObject({ status: 303, location: '/settings' });
    expect(await storedIn(client)).toMatchObject({ name, username });
  });

  test('gives the session a new token with the proof; the old one is dead (ASVS 7.2.4)', async () => {
    const { own, client, person } = await aged();
    const thief = browserAt(own);
    thief.jar.set('sid', client.jar.get('sid') ?? '');

    await client.submit('/reauth', { currentPassword: person.password });

    expect(await isSignedIn(thief)).toBe(false);
    expect(await isSignedIn(client)).toBe(true);
  });

  test.each([
    ['a wrong password', 'not the password', 'This is not your current password.'],
    ['none', '', 'Type your current password.'],
  ])('with %s as proof is asked again', async (_what, currentPassword, message) => {
    const { client } = await aged();

    const answer = await client.submit('/reauth?redirectTo=/settings', { currentPassword });

    expect(answer.status).toBe(400);
    expect(answer.messages).toEqual({ currentPassword: message });
    expect(await client.submit('/settings', wished)).toMatchObject({
      status: 303,
      location: '/reauth?redirectTo=%2Fsettings',
    });
  });

  test('a right current password in another form counts as proof', async () => {
    const { client, person } = await aged();
    const newPassword = 'quiet marble lantern';
    const typed = {
      currentPassword: person.password,
      newPassword,
      newPasswordConfirm: newPassword,
    };
    await client.submit('/settings/password', typed, 'newPassword');

    expect(await client.submit('/settings', wished)).toMatchObject({
      status: 303,
      location: '/settings',
    });
  });

  test('a proof from the future counts for nothing (F22)', async () => {
    const { own, client, person } = await aged();
    await client.submit('/reauth', { currentPassword: person.password });

    await own.setClockAhead(6 * MINUTES - 30_000);

    expect(await client.submit('/settings', wished)).toMatchObject({
      location: '/reauth?redirectTo=%2Fsettings',
    });
  });
});

describe('a page for people who are signed in', () => {
  test.each([
    '/settings',
    '/settings/password',
    '/settings/sessions',
    '/settings/history',
    '/reauth',
  ])('%s leads to the sign-in and back, for reading and for writing', async (path) => {
    const to = `/login?redirectTo=${encodeURIComponent(path)}`;
    const client = browser();
    const { csrf = '' } = await client.fill('/login', {}, 'identifier');

    expect(await client.get(path)).toMatchObject({ status: 303, location: to });
    if (path !== '/settings/history') {
      expect(await client.post(path, { csrf })).toMatchObject({ status: 303, location: to });
    }
    expect((await client.get(`${path}.data`)).html).not.toContain('csrf":');
  });
});
