import { describe, expect, test } from 'vitest';
import { isSignedIn, newPerson, registerFields, signIn } from '../support/people.ts';
import { WebClient, type Answer, type Fields } from '../support/web-client.ts';
import { browserAt, theApp } from './the-app.ts';

const app = theApp();
const browser = () => browserAt(app());

/** A register form, filled in and not yet sent. */
async function filledIn(client = browser(), person = newPerson()) {
  const fields = await client.fill('/register', registerFields(person));
  return { client, person, fields };
}

/** The same browser with the cookies it has now: what several of its requests at once look like. */
function sameBrowser(client: WebClient): WebClient {
  const twin = new WebClient(client.origin);
  for (const [name, value] of client.jar) twin.jar.set(name, value);
  return twin;
}

const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status);
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

describe('a register form sent more than once (F14)', () => {
  test('one after the other: every answer signs in to the one account', async () => {
    const { client, person, fields } = await filledIn();

    const first = await client.post('/register', fields);
    const second = await client.post('/register', fields);
    const third = await client.post('/register', fields);

    expect(statuses([first, second, third])).toEqual([303, 303, 303]);
    expect(await isSignedIn(client)).toBe(true);
    expect(await signIn(browser(), person)).toMatchObject({ status: 303 });
  });

  test('ten times at once: one account, every answer signs in', async () => {
    const { client, fields } = await filledIn();
    const tabs = times(10, () => sameBrowser(client));

    const answers = await Promise.all(tabs.map((tab) => tab.post('/register', fields)));

    expect(statuses(answers)).toEqual(times(10, () => 303));
    const accounts = await Promise.all(tabs.map(firstEntryOf));
    expect(new Set(accounts).size).toBe(1);
  });

  test('after signing out: it signs in again, and makes nothing', async () => {
    const { client, fields } = await filledIn();
    const anonymous = client.jar.get('anon') ?? '';
    await client.post('/register', fields);
    const account = await firstEntryOf(client);
    const back = browser();
    back.jar.set('anon', anonymous);

    const answer = await back.post('/register', fields);

    expect(answer.status).toBe(303);
    expect(await firstEntryOf(back)).toBe(account);
  });

  test.each([
    ['password', { password: 'another harbour candle', passwordConfirm: 'another harbour candle' }],
    ['e-mail', { email: 'somebody.else@example.org' }],
    ['username', { username: 'somebody.else' }],
  ])(
    'with another %s: refused, and the form that is shown then makes an account of its own',
    async (_field, other) => {
      const { client, fields } = await filledIn();
      await client.post('/register', fields);
      const tab = sameBrowser(client);

      const answer = await tab.post('/register', { ...fields, ...other });

      expect(answer).toMatchObject({ status: 409, refusal: 'already-registered' });
      const next = { ...answer.form('once').fields, ...registerFields(newPerson()) };
      expect(await tab.post('/register', next)).toMatchObject({ status: 303 });
    },
  );

  test('with another name: the account stays as it was made', async () => {
    const { client, fields, person } = await filledIn();
    await client.post('/register', fields);

    const answer = await client.post('/register', { ...fields, name: 'Somebody Else' });

    expect(answer.status).toBe(303);
    expect((await client.get('/')).text).toContain(person.name);
  });

  test('from another browser: made for somebody else, so it is shown again with what was typed', async () => {
    const { fields, person } = await filledIn();
    const other = browser();
    const { csrf = '' } = await other.fill('/register', {}, 'once');

    const answer = await other.post('/register', { ...fields, csrf });

    expect(answer.status).toBe(400);
    const shown = answer.form('once').fields;
    expect(shown).toMatchObject({ email: person.email, username: person.username });
    expect(shown['once']).not.toBe(fields['once']);
    const resent = { ...shown, password: person.password, passwordConfirm: person.password };
    expect(await other.post('/register', resent)).toMatchObject({ status: 303 });
  });

  test('a refused form keeps its `once`: corrected and sent again it makes the account', async () => {
    const { client, person, fields } = await filledIn();
    const refused = await client.post('/register', { ...fields, username: 'no good' });

    const corrected: Fields = { ...refused.form('once').fields, ...registerFields(person) };

    expect(corrected['once']).toBe(fields['once']);
    expect(await client.post('/register', corrected)).toMatchObject({ status: 303 });
  });

  test('two forms of one browser make two accounts', async () => {
    const client = browser();
    const [one, other] = [await filledIn(client), await filledIn(client)];

    expect(one.fields['once']).not.toBe(other.fields['once']);
    expect(await client.post('/register', one.fields)).toMatchObject({ status: 303 });
    expect(await client.post('/register', other.fields)).toMatchObject({ status: 303 });
    expect((await client.get('/')).text).toContain(other.person.name);
  });

  test.each([
    '',
    'x',
    'AAAAAAAAAAAAAAAAAAAAAA.1.AAAA',
    `${'A'.repeat(22)}.9999999999999999.${'A'.repeat(43)}`,
  ])('with a made-up `once` (%j) makes nothing', async (once) => {
    const { client, fields } = await filledIn();

    expect(await client.post('/register', { ...fields, once })).toMatchObject({ status: 400 });
    expect(await isSignedIn(client)).toBe(false);
  });
});

describe('fifty registrations at once (F11)', () => {
  const spellings = ['Race', 'RACE', 'race', 'ｒａｃｅ', 'ʳᵃᶜᵉ'];

  test('of one e-mail in mixed spellings and widths: one account, 49 refusals', async () => {
    const wishes = await Promise.all(
      times(50, () => browser()).map(async (client, index) => {
        const email = `${spellings[index % spellings.length] ?? ''}@Example.org`;
        return filledIn(client, newPerson({ email }));
      }),
    );

    const answers = await Promise.all(
      wishes.map(({ client, fields }) => client.post('/register', fields)),
    );

    expect(statuses(answers).sort()).toEqual([303, ...times(49, () => 409)]);
    const refusals = answers.filter(({ status }) => status === 409).map(({ refusal }) => refusal);
    expect(new Set(refusals)).toEqual(new Set(['email-taken']));
  });

  test('of one username: one account, 49 refusals, and the e-mails of the others stay free', async () => {
    const wishes = await Promise.all(
      times(50, () => browser()).map(async (client, index) =>
        filledIn(client, newPerson({ username: spellings[index % spellings.length] ?? '' })),
      ),
    );

    const answers = await Promise.all(
      wishes.map(({ client, fields }) => client.post('/register', fields)),
    );

    expect(statuses(answers).sort()).toEqual([303, ...times(49, () => 409)]);
    const loser = wishes[answers.findIndex(({ status }) => status === 409)];
    const username = newPerson().username;
    const again = await loser?.client.post('/register', { ...loser.fields, username });
    expect(again).toMatchObject({ status: 303 });
  });
});

/** The address of the history's first entry, which no other account has. */
async function firstEntryOf(client: WebClient): Promise<string> {
  const { html } = await client.get('/settings/history');
  const ids = [...html.matchAll(/<code class="register-id">(.*?)<\/code>/gs)];
  const first = ids.at(-1)?.[1];
  if (!first) throw new Error('no entry in the history');
  return first;
}
