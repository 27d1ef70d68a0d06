import { describe, expect, test } from 'vitest';
import { factsOf, historyOf, isSignedIn, registered, signIn } from '../support/people.ts';
import type { Person } from '../support/people.ts';
import { runLatchkey } from '../support/run-latchkey.ts';
import type { RunningApp } from '../support/running-app.ts';
import { appOfTest, browserAt, theApp } from './the-app.ts';

const app = theApp({ LOG_LEVEL: 'trace' });
const browser = () => browserAt(app());
const somebody = () => registered(browser());

const newPassword = 'quiet marble lantern';
const chosen = { newPassword, newPasswordConfirm: newPassword };

/** The path of a link that an operator makes at the terminal, beside the running server. */
async function linkFor({ username }: Person, { dataDir, origin }: RunningApp = app()) {
  const words = ['recover', username, '--json'];
  const answer = await runLatchkey(words, { DATA_DIR: dataDir, ORIGIN: origin });
  const { url } = JSON.parse(answer) as { url: string };
  expect(url).toMatch(new RegExp(`^${origin}/recover/[A-Za-z0-9_-]{43}$`));
  return new URL(url).pathname;
}

describe('a recovery link', () => {
  test('sets a password once, signs in, and ends every session: an intruder’s too', async () => {
    const { client: intruder, person } = await somebody();
    const link = await linkFor(person);
    const client = browser();

    const page = await client.get(link);
    const answer = await client.post(link, { ...page.form('newPassword').fields, ...chosen });

    expect(page.status).toBe(200);
    expect(page.html).toContain(
      `autoComplete="username" readonly="" hidden="" value="${person.username}"`,
    );
    expect(answer).toMatchObject({ status: 303, location: '/' });
    expect(await isSignedIn(client)).toBe(true);
    expect(await isSignedIn(intruder)).toBe(false);
    expect(await signIn(browser(), person)).toMatchObject({ status: 400 });
    expect(await signIn(browser(), { ...person, password: newPassword })).toMatchObject({
      status: 303,
    });
    expect(await factsOf(client)).toEqual([
      'Account opened with a password',
      'Password set anew by a recovery link',
    ]);
    const history = await historyOf(client);
    expect(history).toContain('A recovery link made for you');
    expect(history).toContain('The recovery link used');
  });

  test('is over after it was used: its page says so, its form changes nothing', async () => {
    const { person } = await somebody();
    const link = await linkFor(person);
    const [client, late] = [browser(), browser()];
    const early = await late.fill(link, {
      newPassword: 'amber marble lantern',
      newPasswordConfirm: 'amber marble lantern',
    });
    await client.submit(link, chosen);

    const page = await browser().get(link);
    const again = await late.post(link, early);

    expect(page.status).toBe(404);
    expect(page.text).toContain('This link is over');
    expect(again.status).toBe(400);
    expect(again.text).toContain('This link is over');
    expect(await isSignedIn(late)).toBe(false);
    expect(await signIn(browser(), { ...person, password: newPassword })).toMatchObject({
      status: 303,
    });
  });

  test('GHSA-7w99-5wm4-3g79: sent ten times at once it is redeemed once', async () => {
    const { person } = await somebody();
    const link = await linkFor(person);
    const wishes = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        const password = `${newPassword} ${index}`;
        const client = browser();
        const typed = { newPassword: password, newPasswordConfirm: password };
        return { client, password, fields: await client.fill(link, typed) };
      }),
    );

    const answers = await Promise.all(
      wishes.map(({ client, fields }) => client.post(link, fields)),
    );

    const winners = wishes.filter((_, index) => answers[index]?.status === 303);
    expect(winners).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(9);
    const password = winners[0]?.password ?? '';
    expect(await signIn(browser(), { ...person, password })).toMatchObject({ status: 303 });
  });

  test('CVE-2022-39263: opens the account it was made for, whoever is signed in and whatever the form says', async () => {
    const [owner, other] = [await somebody(), await somebody()];
    const link = await linkFor(owner.person);

    const typed = {
      ...chosen,
      accountId: 'x',
      username: other.person.username,
      email: other.person.email,
    };
    const answer = await other.client.submit(link, typed, 'newPassword');

    expect(answer.status).toBe(303);
    expect((await other.client.get('/')).text).toContain(owner.person.name);
    expect(await signIn(browser(), other.person)).toMatchObject({ status: 303 });
    expect(await signIn(browser(), { ...other.person, password: newPassword })).toMatchObject({
      status: 400,
    });
  });

  test('is replaced by a newer one, and good for an hour', async () => {
    const own = await appOfTest();
    const { person } = await registered(browserAt(own));
    const first = await linkFor(person, own);
    const second = await linkFor(person, own);

    expect(await browserAt(own).get(first)).toMatchObject({ status: 404 });
    await own.setClockAhead(59 * 60_000);
    expect(await browserAt(own).get(second)).toMatchObject({ status: 200 });
    await own.setClockAhead(61 * 60_000);
    expect(await browserAt(own).get(second)).toMatchObject({ status: 404 });
  });

  test('is not spent by looking at it, nor by a form that is not right', async () => {
    const { person } = await somebody();
    const link = await linkFor(person);
    const client = browser();
    for (const method of ['HEAD', 'GET', 'OPTIONS']) await client.ask(link, { method });
    await client.get(`${link}.data`);

    const wrong = [
      { newPassword: 'short', newPasswordConfirm: 'short' },
      { newPassword, newPasswordConfirm: `${newPassword}!` },
      { newPassword: person.email, newPasswordConfirm: person.email },
      { newPassword: '', newPasswordConfirm: '' },
    ];
    for (const typed of wrong) {
      const answer = await client.submit(link, typed);
      expect(answer.status).toBe(400);
      expect(Object.keys(answer.messages)).toHaveLength(1);
    }

    expect(await client.submit(link, chosen)).toMatchObject({ status: 303 });
  });

  test.each(['x', 'A'.repeat(43), 'A'.repeat(2_000), '..%2f', '%00', 'a/b'])(
    'that nobody made (%#) opens nothing',
    async (token) => {
      const client = browser();
      const answer = await client.get(`/recover/${token}`);
      const { csrf = '' } = await client.fill('/login', {}, 'identifier');
      const posted = await client.post(`/recover/${token}`, { csrf, ...chosen });

      expect(answer.status).toBe(404);
      expect([400, 404]).toContain(posted.status);
      expect(client.jar.has('sid')).toBe(false);
    },
  );

  test('CVE-2021-22213: its token does not leak: no referrer, no outside resource, no line in the log', async () => {
    const { person } = await somebody();
    const link = await linkFor(person);
    const token = link.split('/').at(-1) ?? '';
    const client = browser();

    const page = await client.get(link);
    const refused = await client.submit(link, { newPassword: 'x', newPasswordConfirm: 'x' });
    const used = await client.submit(link, chosen);

    for (const { headers } of [page, refused]) {
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['cache-control']).toBe('no-store');
    }
    expect(page.html).not.toMatch(/(src|href|action)="(https?:)?\/\//);
    expect(used.location).not.toContain(token);
    expect(app().output()).toContain('/recover/:token');
    expect(app().output()).not.toContain(token);
  });

  test('works from its own page though that hides its address (`Origin: null`)', async () => {
    const { person } = await somebody();
    const link = await linkFor(person);
    const client = browser();
    const fields = await client.fill(link, chosen);

    const headers = { origin: 'null', 'sec-fetch-site': 'same-origin' };
    expect(await client.post(link, fields, headers)).toMatchObject({ status: 303 });
  });
});
