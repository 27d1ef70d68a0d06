import { describe, expect, test } from 'vitest';
import { signedRequest } from '../../dev/local-provider/facebook-notices.ts';
import { factsOf, historyOf, isSignedIn, registered } from '../support/people.ts';
import {
  connect,
  CONNECTIONS,
  linkTrip,
  newStranger,
  registeredBy,
  roundTrip,
  sayYes,
} from '../support/provider-trips.ts';
import { browserAt, appOfTest } from './the-app.ts';
import { theProviders } from './the-providers.ts';

const { app, local, browser } = theProviders();
const DEAUTHORIZE = '/auth/facebook/deauthorize';
const DELETION = '/auth/facebook/data-deletion';
const seconds = (ago = 0) => Math.floor(Date.now() / 1000) - ago;
const secret = () => local().environment.facebook['FACEBOOK_CLIENT_SECRET'] ?? '';
const signed = (subject: string, ago = 0) =>
  signedRequest(secret(), { user_id: subject, issued_at: seconds(ago) });

/** As Facebook's server posts it: no cookie, no Origin of ours. */
const tell = (path: string, request: string, headers: Record<string, string> = {}) =>
  browserAt(app()).post(path, { signed_request: request }, { origin: [], ...headers });

interface Deletion {
  readonly url: string;
  readonly confirmation_code: string;
}

describe('H13: Facebook says that somebody removed the app there', () => {
  test('the way in goes where another is left, with every session, and the history says by whom', async () => {
    const { client } = await registered(browser());
    const stranger = await connect(client, 'facebook');
    const second = browser();
    await roundTrip(second, { role: 'facebook' }, stranger);

    expect(await tell(DEAUTHORIZE, signed(stranger.subject))).toMatchObject({ status: 200 });

    expect([await isSignedIn(client), await isSignedIn(second)]).toEqual([false, false]);
    const next = await roundTrip(browser(), { role: 'facebook' }, stranger);
    expect(next.location).toMatch(/^\/auth\/confirm/);
  });

  test('the last way in rests instead, and opens nothing', async () => {
    const { client, stranger } = await registeredBy(browser(), 'facebook');
    expect(await isSignedIn(client)).toBe(true);

    expect(await tell(DEAUTHORIZE, signed(stranger.subject))).toMatchObject({ status: 200 });

    expect(await isSignedIn(client)).toBe(false);
    const refused = await roundTrip(browser(), { role: 'facebook' }, stranger);
    expect(refused.location).toBe('/auth/problem?why=way-in-suspended&provider=facebook');
  });

  test('a second notice adds nothing, and one of somebody unknown is answered alike', async () => {
    const { stranger } = await registeredBy(browser(), 'facebook');
    const request = signed(stranger.subject);
    const answers = [
      await tell(DEAUTHORIZE, request),
      await tell(DEAUTHORIZE, request),
      await tell(DEAUTHORIZE, signed(newStranger().subject)),
    ];

    expect(answers.map(({ status, html }) => [status, html])).toEqual(
      answers.map(() => [200, '{"ok":true}']),
    );
  });

  test('a replayed one, or one of before the last connection, touches nothing', async () => {
    const { client, person } = await registered(browser());
    const stranger = await connect(client, 'facebook');
    const request = signed(stranger.subject);
    await tell(DEAUTHORIZE, request);
    await client.submit('/login', { identifier: person.username, password: person.password });
    await sayYes(client, await linkTrip(client, 'facebook', stranger));
    const facts = await factsOf(client);

    await tell(DEAUTHORIZE, request);
    await tell(DEAUTHORIZE, signed(stranger.subject, 3_600));
    await tell(DELETION, signed(stranger.subject, 3_600));

    expect(await factsOf(client)).toEqual(facts);
    expect((await historyOf(client)).join()).toContain('Disconnected at Facebook');
  });

  test('whoever signed wrongly, or not now, changes nothing', async () => {
    const { client } = await registered(browser());
    const { subject } = await connect(client, 'facebook');
    const forged = [
      signedRequest('another secret', { user_id: subject, issued_at: seconds() }),
      signedRequest(secret(), { user_id: subject, issued_at: seconds(), algorithm: 'none' }),
      signed(subject, 86_400),
      signed(subject, -3_600),
      'x.y',
      '',
    ];

    for (const request of forged) {
      for (const path of [DEAUTHORIZE, DELETION]) {
        expect(await tell(path, request)).toMatchObject({ status: 400 });
      }
    }
    expect(await isSignedIn(client)).toBe(true);
  });
});

describe('H13: Facebook says that somebody wants gone what came from there', () => {
  const deletion = async (subject: string) => {
    const answer = await tell(DELETION, signed(subject));
    return JSON.parse(answer.html) as Deletion;
  };

  test('is answered with an address and a code; the page there tells the state and names nobody', async () => {
    const { client, person } = await registered(browser());
    const stranger = await connect(client, 'facebook');

    const { url, confirmation_code: code } = await deletion(stranger.subject);

    expect(url).toBe(`${app().origin}${DELETION}/${code}`);
    expect(code).toMatch(/^[A-Za-z0-9_-]{22}$/);
    const page = await browser().get(`${DELETION}/${code}`);
    expect(page).toMatchObject({ status: 200 });
    expect(page.html).toContain('data-state="done"');
    const names = [person.username, person.name, stranger.name, stranger.handle, stranger.subject];
    expect(names.filter((name) => page.html.includes(name))).toEqual([]);
    expect(await isSignedIn(client)).toBe(false);
  });

  test('is told alike of somebody unknown, word for word', async () => {
    const { stranger } = await registeredBy(browser(), 'facebook');
    const pages = await Promise.all(
      [stranger.subject, newStranger().subject].map(async (subject) => {
        const { confirmation_code: code } = await deletion(subject);
        return (await browser().get(`${DELETION}/${code}`)).text.replace(/\d/g, '0');
      }),
    );

    expect(pages[0]).toBe(pages[1]);
  });

  test('told twice has one code; told otherwise has another', async () => {
    const { subject } = newStranger();
    const request = signed(subject);
    const codes = [request, request, signed(subject, 5)].map(async (one) => {
      const { html } = await tell(DELETION, one);
      return (JSON.parse(html) as Deletion).confirmation_code;
    });

    const [first, again, other] = await Promise.all(codes);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test.each(['x', 'A'.repeat(22), 'A'.repeat(23), `${'A'.repeat(21)}%2f`])(
    'has no page for a code that is none: %j',
    async (code) => {
      expect((await browser().get(`${DELETION}/${code}`)).status).toBeGreaterThanOrEqual(400);
    },
  );
});

describe('what Facebook’s server may write', () => {
  test('are two addresses, by POST alone, whatever Origin it sends', async () => {
    const request = signed(newStranger().subject);
    for (const path of [DEAUTHORIZE, DELETION]) {
      const from = { origin: 'https://www.facebook.com', 'sec-fetch-site': 'cross-site' };
      expect(await tell(path, request, from)).toMatchObject({ status: 200 });
      for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']) {
        expect(await browser().ask(path, { method })).toMatchObject({ status: 405 });
      }
      expect((await tell(`${path}.data`, request)).status).toBe(403);
      expect((await tell(`${path}/x`, request)).status).toBe(403);
      expect((await tell(path.toUpperCase(), request)).status).toBe(403);
      expect((await tell(`/${path}`, request)).status).toBe(403);
    }
    expect((await tell('/auth/facebook', request)).status).toBe(403);
    expect((await tell('/auth/google/deauthorize', request)).status).toBe(403);
    expect((await tell(CONNECTIONS, request)).status).toBe(403);
  });

  test('is nothing where it is not configured', async () => {
    const own = await appOfTest();
    const client = browserAt(own);
    const fields = { signed_request: signed('12') };

    expect(await client.post(DEAUTHORIZE, fields)).toMatchObject({ status: 404 });
  });

  test('comes from the local provider too, for whoever tries it by hand', async () => {
    const { client } = await registered(browser());
    const { subject } = await connect(client, 'facebook');
    const body = new URLSearchParams({ kind: 'data-deletion', subject, app: app().origin });

    const shown = await fetch(`${local().origin}/facebook/notices`, { method: 'POST', body });

    expect(await shown.text()).toContain('The app answered 200');
    expect(await isSignedIn(client)).toBe(false);
  });
});
