import { describe, expect, test } from 'vitest';
import {
  factsOf,
  isSignedIn,
  newPerson,
  registered,
  signIn,
  type Person,
} from '../support/people.ts';
import {
  answerAs,
  CONNECTIONS,
  csrfOf,
  linkTrip,
  logOut,
  newStranger,
  questionOf,
  registeredBy,
  roundTrip,
  sayYes,
} from '../support/provider-trips.ts';
import type { Answer, WebClient } from '../support/web-client.ts';
import { theProviders } from './the-providers.ts';

const { app, browser } = theProviders();
const somebody = () => registered(browser());
const github = { role: 'github' } as const;
const over = { status: 303, location: '/auth/confirm' };

describe('H5: the question after a way back', () => {
  test('is nobody’s but the browser’s that came back: 404 to any other, and no answer counts', async () => {
    const callback = await roundTrip(browser(), github, newStranger());
    const { client: victim } = await somebody();

    for (const client of [browser(), victim]) {
      expect(await client.get(callback.location ?? '')).toMatchObject({ status: 404 });
      for (const intent of ['create', 'link', 'move', 'continue', 'cancel']) {
        expect(await answerAs(client, callback, intent)).toMatchObject(over);
      }
    }
    expect((await victim.get(CONNECTIONS)).html).not.toContain('value="unlink"');
  });

  test.each(['link', 'move', 'continue'])(
    'takes no "%s" where it asked to create',
    async (intent) => {
      const client = browser();
      const callback = await roundTrip(client, github, newStranger());

      const answer = await answerAs(client, callback, intent);

      expect([over.location, '/login?redirectTo=%2Fsettings%2Fconnections']).toContain(
        answer.location,
      );
      expect(await isSignedIn(client)).toBe(false);
    },
  );

  test.each(['create', 'move', 'continue'])(
    'takes no "%s" where it asked to connect',
    async (intent) => {
      const { client, person } = await somebody();
      const callback = await linkTrip(client, 'github', newStranger());
      const form = { username: newPerson().username, name: 'x', email: '' };

      const csrf = await csrfOf(client);
      const answer = await client.post('/auth/confirm', {
        csrf,
        pending: callback.location?.split('pending=')[1] ?? '',
        intent,
        ...form,
      });

      expect(answer).toMatchObject(over);
      expect((await client.get('/')).text).toContain(person.name);
      expect((await client.get(CONNECTIONS)).html).not.toContain('value="unlink"');
    },
  );

  test('is over with a no: a yes after it does nothing', async () => {
    const { client } = await somebody();
    const callback = await linkTrip(client, 'github', newStranger());

    expect(await answerAs(client, callback, 'cancel')).toMatchObject({ location: CONNECTIONS });
    expect(await answerAs(client, callback, 'link')).toMatchObject(over);
    expect((await client.get(CONNECTIONS)).html).not.toContain('value="unlink"');
  });

  test('answered twice, and ten times at once, with the same yes does it once', async () => {
    const { client } = await somebody();
    const callback = await linkTrip(client, 'github', newStranger());
    const { fields } = (await questionOf(client, callback)).form('pending');
    const yes = () => client.post(callback.location ?? '', fields);

    const answers = await Promise.all(Array.from({ length: 10 }, yes));

    expect(answers.every(({ location }) => location === CONNECTIONS)).toBe(true);
    expect(await yes()).toMatchObject({ location: CONNECTIONS });
    expect(await factsOf(client)).toHaveLength(2);
  });

  test('sent ten times at once by a newcomer makes one account', async () => {
    const client = browser();
    const callback = await roundTrip(client, github, newStranger());
    const { fields } = (await questionOf(client, callback)).form('username');

    const answers = await Promise.all(
      Array.from({ length: 10 }, () => client.post(callback.location ?? '', fields)),
    );

    expect(answers.filter(({ location }) => location === '/').length).toBeGreaterThan(0);
    expect(answers.every(({ status }) => status === 303)).toBe(true);
    expect(await factsOf(client)).toHaveLength(1);
  });

  test('of one tab is not swapped by another tab: each yes means what its own page showed', async () => {
    const { client } = await somebody();
    const [shown, swapped] = [newStranger(), newStranger()];
    const first = await linkTrip(client, 'github', shown);
    const { fields } = (await questionOf(client, first)).form('pending');
    await linkTrip(client, 'github', swapped);

    await client.post('/auth/confirm', fields);

    const page = (await client.get(CONNECTIONS)).text;
    expect(page).toContain(shown.handle);
    expect(page).not.toContain(swapped.handle);
  });

  test('ends with a sign-in, a sign-out and a change of account', async () => {
    const other = await somebody();
    const ends = [
      (client: WebClient) => logOut(client),
      async (client: WebClient, person: Person) => {
        await logOut(client);
        await signIn(client, person);
      },
      async (client: WebClient) => {
        await logOut(client);
        await signIn(client, other.person);
      },
    ];
    for (const end of ends) {
      const { client, person } = await somebody();
      const callback = await linkTrip(client, 'github', newStranger());
      await end(client, person);

      expect(await client.get(callback.location ?? '')).toMatchObject({ status: 404 });
      expect(await answerAs(client, callback, 'link')).toMatchObject(over);
    }
  });

  const later = async (client: WebClient, callback: Answer) => {
    await app().setClockAhead(6 * 60_000);
    return sayYes(client, callback);
  };

  test('answered after the five minutes of a proof asks for another, and is asked again after it (H6)', async () => {
    const { client, person } = await somebody();
    const stranger = newStranger();
    const callback = await linkTrip(client, 'github', stranger);

    const asked = await later(client, callback);
    expect(asked.location).toBe(
      `/reauth?redirectTo=${encodeURIComponent(callback.location ?? '')}`,
    );
    const proved = await client.submit(asked.location ?? '', { currentPassword: person.password });
    const shown = await client.get(proved.location ?? '');
    const before = await client.get(CONNECTIONS);
    const answer = await sayYes(client, proved);
    const after = await client.get(CONNECTIONS);
    await app().setClockAhead(0);

    expect(proved.location).toBe(callback.location);
    expect(shown.text).toContain(stranger.handle);
    expect(before.text).not.toContain(stranger.handle);
    expect(answer).toMatchObject({ status: 303, location: CONNECTIONS });
    expect(after.text).toContain(stranger.handle);
  });

  test('the same with a proof at a provider, which a failed try does not lose', async () => {
    const { client, stranger: own } = await registeredBy(browser(), 'acme');
    await roundTrip(client, { role: 'acme', page: `/reauth?redirectTo=${CONNECTIONS}` }, own);
    const stranger = newStranger();
    const callback = await linkTrip(client, 'github', stranger);

    const { location: page = '' } = await later(client, callback);
    const failed = await roundTrip(client, { role: 'acme', page }, { ...own, failure: 'denied' });
    const problem = failed.location ?? '';
    const proved = await roundTrip(client, { role: 'acme', page: problem }, own);
    const answer = await sayYes(client, proved);
    const after = await client.get(CONNECTIONS);
    await app().setClockAhead(0);

    expect(proved.location).toBe(callback.location);
    expect(answer).toMatchObject({ status: 303, location: CONNECTIONS });
    expect(after.text).toContain(stranger.handle);
  });

  test('waits ten minutes', async () => {
    const client = browser();
    const callback = await roundTrip(client, github, newStranger());
    await app().setClockAhead(10 * 60_000);

    const page = await client.get(callback.location ?? '');
    await app().setClockAhead(0);

    expect(page).toMatchObject({ status: 404 });
  });
});
