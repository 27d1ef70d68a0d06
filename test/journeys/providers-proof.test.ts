import { describe, expect, test } from 'vitest';
import { formsIn } from '../support/html-forms.ts';
import { historyOf, registered } from '../support/people.ts';
import {
  answerThere,
  connect,
  CONNECTIONS,
  disconnectForm,
  leave,
  leaveFor,
  logOut,
  newStranger,
  registeredBy,
  roundTrip,
} from '../support/provider-trips.ts';
import type { WebClient } from '../support/web-client.ts';
import { theProviders } from './the-providers.ts';

const { browser } = theProviders();
const somebody = () => registered(browser());
const github = { role: 'github' } as const;

/** Proves oneself at a provider, for the page of the connections. */
const prove = (client: WebClient, role: 'github' | 'google' | 'facebook' | 'acme', form: object) =>
  roundTrip(client, { role, page: `/reauth?redirectTo=${CONNECTIONS}` }, form);

const tooWeak =
  '/auth/problem?why=reauth-too-weak&provider=github&intent=reauth&redirectTo=%2Fsettings%2Fconnections';
const toReauth = '/reauth?redirectTo=%2Fsettings%2Fconnections';

describe('H4: a proof of presence at a provider', () => {
  test.each(['google', 'acme'] as const)(
    '%s: is strong where it signs a fresh auth_time',
    async (role) => {
      const { client, stranger } = await registeredBy(browser(), role);
      const token = client.jar.get('sid');

      expect(await prove(client, role, stranger)).toMatchObject({ location: CONNECTIONS });

      expect(client.jar.get('sid')).not.toBe(token);
      await connect(client, 'github');
      await connect(client, 'facebook');
    },
  );

  test.each(['old-auth-time', 'no-auth-time'])('acme, %s: is weak', async (failure) => {
    const { client, stranger } = await registeredBy(browser(), 'acme');

    await prove(client, 'acme', { ...stranger, failure });

    expect((await historyOf(client)).join()).toContain('for one change');
  });

  test.each(['github', 'facebook'] as const)(
    '%s: is weak: it connects one way in, and the next asks again',
    async (role) => {
      const { client, stranger } = await registeredBy(browser(), role);
      await prove(client, role, stranger);

      const second = await connect(client, 'google');

      expect((await client.get(CONNECTIONS)).text).toContain(second.email);
      expect(await leave(client, { role: 'acme', page: CONNECTIONS })).toMatchObject({
        location: toReauth,
      });
    },
  );

  test('a weak one is spent by the first submit, also of two at once', async () => {
    const { client, stranger } = await registeredBy(browser(), 'github');
    await prove(client, 'github', stranger);
    const form = await disconnectForm(client, stranger.handle);

    const answers = await Promise.all([
      client.post(CONNECTIONS, form),
      client.post(CONNECTIONS, form),
    ]);

    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect(await client.post(CONNECTIONS, form)).toMatchObject({ location: toReauth });
  });

  test('a weak one is good for its own page alone', async () => {
    const { client, stranger } = await registeredBy(browser(), 'github');
    await roundTrip(client, { ...github, page: '/reauth?redirectTo=/settings' }, stranger);

    const answer = await client.post(CONNECTIONS, await disconnectForm(client, stranger.handle));

    expect(answer).toMatchObject({ location: toReauth });
  });

  test('a weak one is refused where there is a password', async () => {
    const { client } = await somebody();
    const stranger = await connect(client, 'github');
    const start = {
      ...github,
      page: CONNECTIONS,
      typed: { intent: 'reauth', redirectTo: CONNECTIONS },
    };

    const answer = await roundTrip(client, start, stranger);

    expect(answer.location).toBe(tooWeak);
  });

  test('a weak one is refused where a surer provider is connected, and is not offered', async () => {
    const { client, stranger } = await registeredBy(browser(), 'acme');
    await prove(client, 'acme', stranger);
    const weak = await connect(client, 'github');
    const start = {
      ...github,
      page: CONNECTIONS,
      typed: { intent: 'reauth', redirectTo: CONNECTIONS },
    };

    const answer = await roundTrip(client, start, weak);

    expect(answer.location).toBe(tooWeak);
    expect((await client.get(toReauth)).html).not.toContain('action="/auth/github"');
    // The page of the problem offers what would count, and leads back to the form that asked.
    const page = await client.get(answer.location ?? '');
    const ways = formsIn(page.html).filter(({ action }) => action?.startsWith('/auth/'));
    expect(ways.map(({ action }) => action)).toEqual(['/auth/acme']);
    expect(ways[0]?.fields).toMatchObject({ intent: 'reauth', redirectTo: CONNECTIONS });
    expect(page.html).toContain(`href="${toReauth}"`);
  });

  test('of somebody else counts for nothing, known here or not', async () => {
    const { client } = await registeredBy(browser(), 'acme');
    const other = await registeredBy(browser(), 'acme');

    for (const stranger of [newStranger(), other.stranger]) {
      const answer = await prove(client, 'acme', stranger);

      expect(answer.location).toBe(
        '/auth/problem?why=reauth-other-identity&provider=acme&intent=reauth&redirectTo=%2Fsettings%2Fconnections',
      );
      expect(await leave(client, { role: 'github', page: CONNECTIONS })).toMatchObject({
        location: toReauth,
      });
    }
  });

  test.each(['github', 'google', 'facebook', 'acme'] as const)(
    '%s: a way in is never taken silently: the person is asked there',
    async (role) => {
      const { client } = await registeredBy(browser(), role);
      const url = await leaveFor(client, { role, page: toReauth });

      const silent = await fetch(url, {
        redirect: 'manual',
        headers: { cookie: remembered(role) },
      });

      expect(silent.status).toBe(200);
    },
  );
});

describe('H20: after a sign-out', () => {
  test('the next start asks the provider which account; after a sign-in no more', async () => {
    for (const role of ['github', 'google', 'facebook', 'acme'] as const) {
      const { client, stranger } = await registeredBy(browser(), role);
      const headers = { cookie: remembered(role) };
      await logOut(client);

      const asked = await leaveFor(client, { role });
      expect((await fetch(asked, { redirect: 'manual', headers })).status, role).toBe(200);
      await client.get(await answerThere(asked, stranger));
      const fresh = browser();
      const straight = await leaveFor(fresh, { role });
      expect((await fetch(straight, { redirect: 'manual', headers })).status, role).toBe(303);
    }
  });

  test('the signed-out page says that the provider still knows the person', async () => {
    const { client } = await registeredBy(browser(), 'github');
    const { location = '' } = await logOut(client);

    const said = (await client.get(location)).text.replace(/[\u2068\u2069]/g, '');
    expect(said).toContain('You are still signed in at GitHub');
  });
});

/** What the local provider remembers in a browser that stayed signed in there. */
const remembered = (role: string) => {
  const person = { ...newStranger(), emailVerified: true };
  const known = JSON.stringify({ person, authTime: Math.floor(Date.now() / 1000) });
  return `remembered-${role}=${Buffer.from(known).toString('base64url')}`;
};
