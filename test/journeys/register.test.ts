import { describe, expect, test } from 'vitest';
import { isSignedIn, newPerson, register, registerFields, signIn } from '../support/people.ts';
import { browserAt, theApp } from './the-app.ts';

const app = theApp();
const browser = () => browserAt(app());

describe('the register form', () => {
  test('makes an account, signs in and leads to the first page', async () => {
    const client = browser();

    const answer = await register(client, newPerson());

    expect(answer).toMatchObject({ status: 303, location: '/' });
    expect(await isSignedIn(client)).toBe(true);
  });

  test('leads to an own page it was opened for, and to no other place', async () => {
    const typed = () => registerFields(newPerson());

    const own = await browser().submit('/register?redirectTo=/settings/history', typed());
    const fields = await browser().fill('/register', typed());
    const client = browser();
    const page = await client.fill('/register', typed());
    const foreign = await client.post('/register', {
      ...page,
      redirectTo: 'https://evil.example/',
    });

    expect(fields).not.toHaveProperty('redirectTo');
    expect(own.location).toBe('/settings/history');
    expect(foreign).toMatchObject({ status: 303, location: '/' });
  });

  test.each([
    ['email', { email: 'no address' }],
    ['email', { email: '' }],
    ['username', { username: 'a b' }],
    ['username', { username: 'admin' }],
    ['username', { username: 'x' }],
    ['name', { name: ' ' }],
    ['name', { name: 'x'.repeat(201) }],
    ['password', { password: '', passwordConfirm: '' }],
    ['password', { password: 'short', passwordConfirm: 'short' }],
    ['password', { password: 'passwordpassword', passwordConfirm: 'passwordpassword' }],
    ['password', { password: 'x1'.repeat(600), passwordConfirm: 'x1'.repeat(600) }],
    ['passwordConfirm', { passwordConfirm: 'another harbour candle' }],
  ])('comes back with 400 and a message beside %s: %j', async (field, wrong) => {
    const person = newPerson();

    const answer = await browser().submit('/register', { ...registerFields(person), ...wrong });

    expect(answer.status).toBe(400);
    expect(Object.keys(answer.messages)).toEqual([field]);
    const kept = answer.form('email').fields;
    expect(kept).toMatchObject({
      email: { ...person, ...wrong }.email,
      password: '',
      passwordConfirm: '',
    });
  });

  test('CVE-2019-19844: an e-mail or username is taken in every spelling and width', async () => {
    const person = newPerson({ email: 'Ada.Lovelace@Example.org', username: 'ada.lovelace' });
    await register(browser(), person);

    const email = await register(browser(), newPerson({ email: 'ADA.LOVELACE@ｅxample.ORG' }));
    const username = await register(browser(), newPerson({ username: 'ＡDA.Lovelace' }));

    expect(email).toMatchObject({ status: 409, refusal: 'email-taken' });
    expect(Object.keys(email.messages)).toEqual(['email']);
    expect(username).toMatchObject({ status: 409, refusal: 'username-taken' });
    expect(Object.keys(username.messages)).toEqual(['username']);
  });

  test('CVE-2026-27946: sets only its own fields', async () => {
    const person = newPerson();
    const client = browser();
    const fields = await client.fill('/register', registerFields(person));

    const answer = await client.post('/register', {
      ...fields,
      accountId: '00000000-0000-5000-8000-000000000000',
      role: 'auditor',
      verified: 'true',
      __proto__: 'x',
      constructor: 'x',
      status: 'deleted',
    });

    expect(answer.status).toBe(303);
    expect(await signIn(browser(), person)).toMatchObject({ status: 303, location: '/' });
  });
});
