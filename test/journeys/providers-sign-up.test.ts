import { describe, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import {
  isSignedIn,
  newPerson,
  register,
  registered,
  registerFields,
  signIn,
} from '../support/people.ts';
import {
  connect,
  newStranger,
  questionOf,
  registeredBy,
  roundTrip,
  sayYes,
} from '../support/provider-trips.ts';
import { startApp } from '../support/running-app.ts';
import { appOfTest, browserAt } from './the-app.ts';
import { providersOfTest, theProviders } from './the-providers.ts';
import { sharedDirectory } from './the-server.ts';

const roles = ['github', 'google', 'facebook', 'acme'] as const;

describe('an account that a provider opens', () => {
  const { browser } = theProviders();

  test('is asked for what is missing only: a free username is suggested, an e-mail may be left out', async () => {
    const { stranger } = await registeredBy(browser(), 'github');
    const twin = newStranger({ handle: stranger.handle, email: '' });
    const client = browser();

    const callback = await roundTrip(client, { role: 'github' }, twin);
    const { fields } = (await questionOf(client, callback)).form('username');

    expect(fields).toMatchObject({ username: `${stranger.handle}2`, email: '', name: twin.name });
    expect(await sayYes(client, callback)).toMatchObject({ status: 303, location: '/' });
  });

  test('is not made before the yes, nor by a no, and its names stay free', async () => {
    const [client, stranger] = [browser(), newStranger()];
    const callback = await roundTrip(client, { role: 'google' }, stranger);
    await questionOf(client, callback);

    const answer = await sayYes(client, callback, { intent: 'cancel' });

    expect(answer).toMatchObject({ status: 303, location: '/login' });
    expect(await isSignedIn(client)).toBe(false);
    const same = newPerson({ username: stranger.handle, email: stranger.email });
    expect(await register(browser(), same)).toMatchObject({ status: 303 });
  });

  test('comes back with what was typed where something is taken, and is made once that is changed', async () => {
    const { person } = await registered(browser());
    const client = browser();
    const callback = await roundTrip(client, { role: 'github' }, newStranger());

    const refused = await sayYes(client, callback, { username: person.username });

    expect(refused).toMatchObject({ status: 409, refusal: 'username-taken' });
    expect(refused.form('username').fields['username']).toBe(person.username);
    const again = { username: newPerson().username };
    expect(await sayYes(client, callback, again)).toMatchObject({ status: 303, location: '/' });
  });

  test('is asked again wherever the form was sent to: a refusal is no end of the question', async () => {
    const { person } = await registered(browser());
    const client = browser();
    const callback = await roundTrip(client, { role: 'github' }, newStranger());
    const { fields } = (await questionOf(client, callback)).form('pending');

    const typed = { ...fields, username: person.username, name: 'Kept As Typed' };
    const refused = await client.post('/auth/confirm', typed);

    expect(refused).toMatchObject({ status: 409, refusal: 'username-taken' });
    expect(refused.form('username').fields).toMatchObject({
      username: person.username,
      name: 'Kept As Typed',
      pending: fields['pending'],
    });
  });

  test.each(['username', 'email'])('says what is wrong with its %s', async (field) => {
    const client = browser();
    const callback = await roundTrip(client, { role: 'github' }, newStranger());

    const answer = await sayYes(client, callback, { [field]: 'no good' });

    expect(answer.status).toBe(400);
    expect(Object.keys(answer.messages)).toEqual([field]);
  });
});

describe.each([
  ['form', 'form-only'],
  ['closed', 'sign-up-closed'],
] as const)('SIGN_UP=%s', (SIGN_UP, why) => {
  test('tells an unknown identity so at every provider, and makes nothing', async () => {
    const own = await providersOfTest({ SIGN_UP });

    for (const role of roles) {
      const client = browserAt(own.app);
      const answer = await roundTrip(client, { role }, newStranger());

      expect(answer.location).toBe(`/auth/problem?why=${why}&provider=${role}`);
      expect(await client.get(answer.location ?? '')).toMatchObject({ status: 409, refusal: why });
      expect(client.jar.has('sid')).toBe(false);
    }
  });
});

describe('SIGN_UP=form', () => {
  const { browser } = theProviders({ SIGN_UP: 'form' });

  test('somebody registers by the form, connects, and comes back by the provider', async () => {
    const { client, person } = await registered(browser());
    const stranger = await connect(client, 'github');
    const later = browser();

    const answer = await roundTrip(later, { role: 'github' }, stranger);

    expect(answer).toMatchObject({ status: 303, location: '/' });
    expect((await later.get('/')).text).toContain(person.name);
  });

  test('the register page offers no provider, and its form works', async () => {
    expect((await browser().get('/register')).html).toContain('name="passwordConfirm"');

    expect((await browser().get('/register')).html).not.toContain('action="/auth/');
  });
});

describe('SIGN_UP=closed', () => {
  test('the form makes nobody either, also one that was opened before; who is here already signs in', async () => {
    const place = { dataDir: sharedDirectory(), port: await freePort() };
    const open = await startApp({}, place);
    const { person } = await registered(browserAt(open));
    const client = browserAt(open);
    const fields = await client.fill('/register', registerFields(newPerson()));
    await open.stop();
    await appOfTest({ SIGN_UP: 'closed' }, place);

    const page = await client.get('/register');
    const refused = await client.post('/register', fields);

    expect(page.text).toContain('No new accounts are made here now');
    expect(page.html).not.toContain('name="passwordConfirm"');
    expect(refused).toMatchObject({ status: 409, refusal: 'sign-up-closed' });
    expect(client.jar.has('sid')).toBe(false);
    expect(await signIn(client, person)).toMatchObject({ status: 303, location: '/' });
  });
});
