import { describe, expect, test } from 'vitest';
import { historyOf, isSignedIn, registered } from '../support/people.ts';
import {
  connect,
  CONNECTIONS,
  registeredBy,
  roundTrip,
  sayYes,
  type Stranger,
} from '../support/provider-trips.ts';
import type { WebClient } from '../support/web-client.ts';
import { theProviders } from './the-providers.ts';

const { browser } = theProviders();
const PAGE = '/settings/delete';
const REAUTH = `/reauth?redirectTo=${encodeURIComponent(PAGE)}`;

/** An account's first name here is what its provider called its owner. */
const usernameOf = async (client: WebClient) =>
  (await client.get('/settings')).form('username').fields['username'] ?? '';

const prove = (client: WebClient, role: 'acme' | 'github', stranger: Stranger) =>
  roundTrip(client, { role, page: REAUTH }, stranger);

const ask = async (client: WebClient, confirmation: string) =>
  client.submit(PAGE, { confirmation });

describe('somebody without a password', () => {
  test('H6 is asked to prove it, which deletes nothing; the form is shown again as it was typed', async () => {
    const { client, stranger } = await registeredBy(browser(), 'acme');
    const username = await usernameOf(client);

    const asked = await ask(client, username);
    expect(asked).toMatchObject({ status: 303, location: REAUTH });
    expect((await client.get(REAUTH)).text).toContain('Before your account is deleted');
    expect(await prove(client, 'acme', stranger)).toMatchObject({ location: PAGE });

    expect(await isSignedIn(client)).toBe(true);
    expect((await historyOf(client)).join()).not.toContain('Deletion');
    const form = (await client.get(PAGE)).form('confirmation').fields;
    expect(form['confirmation']).toBe(username);
    expect(await client.post(PAGE, form)).toMatchObject({ status: 303, location: PAGE });
    expect(await isSignedIn(client)).toBe(false);
  });

  test('H6 a primed request does not run when its owner proves it later for something else', async () => {
    const { client, stranger } = await registeredBy(browser(), 'acme');
    await ask(client, await usernameOf(client));

    await roundTrip(client, { role: 'acme', page: `/reauth?redirectTo=${CONNECTIONS}` }, stranger);

    expect(await isSignedIn(client)).toBe(true);
    expect((await historyOf(client)).join()).not.toContain('Deletion');
  });

  test('H7 finishes only after a fresh proof: the sign-in at a provider is none', async () => {
    const { client: first, stranger } = await registeredBy(browser(), 'acme');
    const username = await usernameOf(first);
    await ask(first, username);
    await prove(first, 'acme', stranger);
    await ask(first, username);
    const client = browser();
    expect(await roundTrip(client, { role: 'acme' }, stranger)).toMatchObject({ location: PAGE });

    expect(await ask(client, username)).toMatchObject({ location: REAUTH });
    expect((await client.get(PAGE)).text).toContain('Your account is closing');
    expect(await prove(client, 'acme', stranger)).toMatchObject({ location: PAGE });
    expect(await ask(client, username)).toMatchObject({ status: 303, location: PAGE });

    expect((await client.get(PAGE)).text).toContain('Your account is erased');
    const back = await roundTrip(browser(), { role: 'acme' }, stranger);
    expect(back.location).toMatch(/^\/auth\/confirm\?pending=/);
  });

  test('a weak proof is good for one submit of this page (H4)', async () => {
    const { client, stranger } = await registeredBy(browser(), 'github');
    const username = await usernameOf(client);
    await prove(client, 'github', stranger);

    expect(await ask(client, username)).toMatchObject({ status: 303, location: PAGE });
    expect((await client.get(PAGE)).text).toContain('Your account is closing');
  });
});

describe('an identity that was freed', () => {
  test('opens the next account, without the history of the last', async () => {
    const { client: former, person } = await registered(browser());
    const stranger = await connect(former, 'acme');
    const typed = { confirmation: person.username, currentPassword: person.password };
    await former.submit(PAGE, typed);
    const closing = browser();
    await roundTrip(closing, { role: 'acme' }, stranger);
    await closing.submit(PAGE, typed);
    expect((await closing.get(PAGE)).text).toContain('Your account is erased');

    const next = browser();
    const made = await sayYes(next, await roundTrip(next, { role: 'acme' }, stranger));

    expect(made.status).toBe(303);
    expect(await isSignedIn(next)).toBe(true);
    expect((await historyOf(next)).join()).not.toContain('password');
  });
});

describe('the page that deletes an account', () => {
  test('says of each provider what it is told', async () => {
    const { client } = await registered(browser());
    await connect(client, 'github');

    const { text } = await client.get(PAGE);

    expect(text.replace(/[\u2066-\u2069]/g, '')).toMatch(/GitHub (We ask GitHub|We hold nothing)/);
  });
});
