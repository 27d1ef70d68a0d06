import { describe, expect, test } from 'vitest';
import { factsOf, historyOf, registered, signIn } from '../support/people.ts';
import { connect, disconnectForm, newStranger } from '../support/provider-trips.ts';
import type { WebClient } from '../support/web-client.ts';
import { providersOfTest } from './the-providers.ts';
import { appOfTest, browserAt, theApp } from './the-app.ts';

const app = theApp();
const somebody = () => registered(browserAt(app()));
const history = '/settings/history';
const minutes = (count: number) => count * 60_000;

const rename = async (client: WebClient, name: string) =>
  expect(await client.submit('/settings', { name })).toMatchObject({ status: 303 });

const sentencesIn = (html: string) =>
  [...html.matchAll(/<p class="register-sentence">(.*?)<\/p>/gs)].map(([, words = '']) =>
    words.replaceAll(/[\u2068\u2069]/g, ''),
  );

/** The address behind a link with these words. */
const linkIn = (html: string, words: string) => {
  const links = [...html.matchAll(/<a [^>]*href="([^"]*)"[^>]*>(.*?)<\/a>/gs)];
  const found = links.find(([, , inside = '']) => inside.includes(words));
  return found?.[1]?.replaceAll('&amp;', '&');
};

describe('a history', () => {
  test('is shown fifty entries a page; each stands on one page, in the order of the log', async () => {
    const { client } = await somebody();
    for (let turn = 1; turn <= 60; turn += 1) await rename(client, `Name ${turn}`);

    const first = await client.get(history);
    const older = linkIn(first.html, 'Older') ?? '';
    await rename(client, 'Meanwhile');
    const second = await client.get(older);

    const told = [...sentencesIn(first.html), ...sentencesIn(second.html)];
    const expected = Array.from({ length: 60 }, (_, turn) => `Name changed to Name ${60 - turn}`);
    expect(told).toEqual([...expected, 'Account opened with a password']);
    expect(sentencesIn(first.html)).toHaveLength(50);
    expect(linkIn(second.html, 'Older')).toBeUndefined();
    expect(linkIn(second.html, 'Newest')).toBe(history);
  });

  test('is narrowed by kind, day and words; the narrowing stands in the address', async () => {
    const { client, person } = await somebody();
    await signIn(browserAt(app()), { ...person, password: 'wrong wrong wrong' });
    await rename(client, 'Ada King');
    const shown = async (query: string) => sentencesIn((await client.get(history + query)).html);
    const today = new Date().toISOString().slice(0, 10);

    expect(await shown('?kind=facts')).toEqual([
      'Name changed to Ada King',
      'Account opened with a password',
    ]);
    expect(await shown('?kind=refused')).toEqual(['Sign-in with a password refused']);
    expect(await shown('?kind=ProfileChanged')).toEqual(['Name changed to Ada King']);
    expect(await shown('?text=ada%20KING')).toEqual(['Name changed to Ada King']);
    expect(await shown(`?from=${today}&to=${today}`)).toHaveLength(3);
    const none = await client.get(`${history}?to=2001-01-01`);
    expect(none.text).toContain('Nothing matches');
    const form = await client.get(`${history}?kind=facts&text=ada`);
    expect(form.html).toContain('<option value="facts" selected="">');
    expect(form.html).toContain('value="ada"');
  });

  test.each([
    ['?kind=nonsense', 'There is no such kind of entry.'],
    ['?from=2026-02-30', 'Type a day as year, month and day'],
    ['?to=yesterday', 'Type a day as year, month and day'],
    ['?from=2026-03-02&to=2026-03-01', 'The last day stands before the first.'],
    [`?text=${'x'.repeat(101)}`, 'Look for at most 100 characters.'],
    ['?before=9.9', 'The address names a place that no page leads to.'],
    ['?at=minus', 'Entries are counted from 0 in whole numbers.'],
    ['?raw=1e3', 'Entries are counted from 0 in whole numbers.'],
  ])('answers an address it cannot read, %s, with 400 and says why', async (query, why) => {
    const { client } = await somebody();
    const answer = await client.get(history + query);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(why);
  });

  test('and every moment keep the order of the log when the clock goes back (F22)', async () => {
    const own = await appOfTest();
    await own.setClockAhead(minutes(4));
    const { client, person } = await registered(browserAt(own));
    await rename(client, 'Ahead');
    await own.setClockAhead(0);
    client.jar.delete('sid');
    await signIn(client, person);
    await rename(client, 'Back');

    const facts = ['Account opened with a password', 'Name changed to Ahead'];
    expect(await factsOf(client)).toEqual([...facts, 'Name changed to Back']);
    const moment = await client.get(`${history}?at=1`);
    expect(sentencesIn(moment.html)).toEqual(['Name changed to Ahead']);
    expect(moment.html).toMatch(/Name<\/th>.*?Ahead.*?Back.*?<\/tr>/s);
  });
});

describe('an account as it was', () => {
  test('is told after any entry, with what the entry changed and what is different now', async () => {
    const { client, person } = await somebody();
    await rename(client, 'Second Name');
    await rename(client, 'Third Name');

    const then = await client.get(`${history}?at=1`);

    expect(then.status).toBe(200);
    expect(then.text).toContain('Your account after entry 1');
    expect(then.html).toMatch(
      new RegExp(`Name</th>.*?Second Name.*?${person.name}.*?Third Name.*?</tr>`, 's'),
    );
    expect(then.html).toMatch(/Username<\/th>.*?the same.*?<\/tr>/s);
    expect(linkIn(then.html, 'Entry before')).toBe(`${history}?at=0`);
    expect(linkIn(then.html, 'Entry after')).toBe(`${history}?at=2`);
    const last = await client.get(`${history}?at=2`);
    expect(linkIn(last.html, 'Entry after')).toBeUndefined();
  });

  test('is no page for an entry that is not there: 404, and which there are', async () => {
    const { client } = await somebody();
    for (const view of ['at', 'raw']) {
      const answer = await client.get(`${history}?${view}=7`);
      expect(answer.status).toBe(404);
      expect(answer.text).toContain('Your history has entries 0 to 0; 7 is not among them.');
    }
  });
});

describe('an entry as it is written', () => {
  test('is shown with its seal opened, its metadata and its chain value', async () => {
    const { client, person } = await somebody();
    const { status, text } = await client.get(`${history}?raw=0`);
    expect(status).toBe(200);
    for (const part of ['UserRegistered', person.email, 'account-', 'attemptId', 'keyId']) {
      expect(text).toContain(part);
    }
    expect(text).toMatch(/Chain value\s*[A-Za-z0-9_-]{43}/);
  });
});

describe('H19 somebody at a browser that was left open', () => {
  /** Somebody with a past, six minutes after their last proof. */
  async function leftOpen() {
    const { app: own } = await providersOfTest();
    const { client, person } = await registered(browserAt(own));
    await connect(client, 'github', newStranger({ handle: 'octocat-of-old' }));
    const unlink = await disconnectForm(client, 'octocat-of-old');
    expect(await client.post('/settings/connections', unlink)).toMatchObject({ status: 303 });
    await rename(client, 'Former Name');
    await rename(client, 'Present Name');
    const email = 'present@example.org';
    await client.submit('/settings', { email });
    await own.setClockAhead(minutes(6));
    return { client, person, email };
  }

  test('reads no former value in list, moment or raw view, and finds none by searching', async () => {
    const { client, person, email } = await leftOpen();

    const list = await client.get(history);
    expect(sentencesIn(list.html)).toContain('Name changed to (hidden)');
    expect(sentencesIn(list.html)).toContain('Name changed to Present Name');
    expect(sentencesIn(list.html)).toContain(`E-mail address changed to ${email}`);
    const moment = await client.get(`${history}?at=0`);
    const found = await client.get(`${history}?text=Former`);
    expect(sentencesIn(list.html)).toContain('Disconnected GitHub (hidden)');
    for (const { text, html } of [list, moment]) {
      expect(html).not.toMatch(/Former Name|octocat-of-old/);
      expect(html).not.toContain(person.email);
      expect(text).toContain('What your account no longer has is hidden here.');
    }
    expect(found.text).toContain('Nothing matches');
    expect(await client.get(`${history}?raw=0`)).toMatchObject({
      status: 303,
      location: `/reauth?redirectTo=${encodeURIComponent(`${history}?raw=0`)}`,
    });
  });

  test('whose owner proves who they are reads everything again', async () => {
    const { client, person } = await leftOpen();
    const typed = { currentPassword: person.password };
    const proved = await client.submit(`/reauth?redirectTo=${history}?raw=0`, typed);

    expect(proved).toMatchObject({ status: 303, location: `${history}?raw=0` });
    expect(await client.get(`${history}?raw=0`)).toMatchObject({ status: 200 });
    expect(await historyOf(client)).toContain('Name changed to Former Name');
    expect((await client.get(`${history}?at=0`)).text).toContain(person.email);
  });
});
