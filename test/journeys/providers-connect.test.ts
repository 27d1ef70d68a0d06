import { describe, expect, test } from 'vitest';
import { formsIn } from '../support/html-forms.ts';
import { factsOf, isSignedIn, registered, signIn } from '../support/people.ts';
import {
  connect,
  CONNECTIONS,
  disconnectForm,
  linkTrip,
  newStranger,
  questionOf,
  registeredBy,
  roundTrip,
  sayYes,
} from '../support/provider-trips.ts';
import type { Answer } from '../support/web-client.ts';
import { brokenInvariantsIn } from './files.ts';
import { theProviders } from './the-providers.ts';

const { app, browser } = theProviders();
const somebody = () => registered(browser());
const matching = (words: RegExp) => expect.stringMatching(words) as unknown;
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

const opens = async (role: 'github' | 'google' | 'acme', stranger: object) => {
  const client = browser();
  return (await roundTrip(client, { role }, stranger)).location === '/' && isSignedIn(client);
};

describe('connecting', () => {
  test('G11, L2, L3: asks first, and shows whose identity will open whose account', async () => {
    const { client, person } = await somebody();
    const mallory = newStranger({ handle: 'mallory-the-other', name: 'Mallory Example' });

    const question = await questionOf(client, await linkTrip(client, 'github', mallory));

    for (const words of ['mallory-the-other', 'Mallory Example', person.username, person.name]) {
      expect(question.text).toContain(words);
    }
    expect((await client.get(CONNECTIONS)).html).not.toContain('value="unlink"');
    expect(await opens('github', mallory)).toBe(false);
  });

  test('G11: what set out to sign in never connects, whatever the form says', async () => {
    const { client } = await somebody();
    const stranger = newStranger();
    const csrf = (await client.fill('/settings', {}, 'email'))['csrf'] ?? '';
    const callback = await roundTrip(browser(), { role: 'github' }, stranger);
    const pending = callback.location?.split('=')[1] ?? '';

    for (const intent of ['link', 'move', 'create', 'continue']) {
      const answer = await client.post('/auth/confirm', { csrf, pending, intent });

      expect(answer).toMatchObject({ status: 303, location: '/auth/confirm' });
    }
    expect((await client.get(CONNECTIONS)).html).not.toContain('value="unlink"');
    expect(await opens('github', stranger)).toBe(false);
  });

  test('takes several identities of one provider, and each opens the account', async () => {
    const { client } = await somebody();
    const all = [
      await connect(client, 'github'),
      await connect(client, 'github'),
      await connect(client, 'google'),
    ];

    const page = await client.get(CONNECTIONS);

    for (const { handle, email } of all)
      expect(page.text.includes(handle) || page.text.includes(email)).toBe(true);
    expect(await Promise.all(all.slice(0, 2).map((one) => opens('github', one)))).toEqual([
      true,
      true,
    ]);
    expect(await opens('google', all[2] ?? {})).toBe(true);
  });

  test('the row of the way in that this session came by says so, and no other', async () => {
    const { client: first } = await somebody();
    const stranger = await connect(first, 'github');
    const second = browser();
    await roundTrip(second, { role: 'github' }, stranger);

    const rowsOf = async (client: typeof first) =>
      [...(await client.get(CONNECTIONS)).html.matchAll(/<li class="grid.*?<\/li>/gs)].map(
        ([row]) => [row.includes(stranger.handle), row.includes('You came in with this')],
      );

    expect(await rowsOf(first)).toEqual([
      [false, true],
      [true, false],
    ]);
    expect(await rowsOf(second)).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  test('what is connected already says so, and asks nothing', async () => {
    const { client } = await somebody();
    const stranger = await connect(client, 'github');

    const answer = await linkTrip(client, 'github', stranger);

    expect(answer).toMatchObject({ status: 303, location: CONNECTIONS });
  });

  test('G13: of fifty accounts that connect one identity at once, one wins, and all invariants hold', async () => {
    const stranger = newStranger();
    const people = await Promise.all(times(50, somebody));
    const callbacks: Answer[] = [];
    for (const { client } of people) callbacks.push(await linkTrip(client, 'github', stranger));

    const answers = await Promise.all(
      people.map(({ client }, index) => {
        const callback = callbacks[index];
        if (!callback) throw new Error('each has one');
        return sayYes(client, callback);
      }),
    );

    const won = answers.filter(({ status }) => status === 303);
    const lost = answers.filter(({ refusal }) => refusal === 'identity-taken');
    expect([won.length, lost.length]).toEqual([1, 49]);
    expect(await opens('github', stranger)).toBe(true);
    expect(await brokenInvariantsIn(app().dataDir)).toEqual([]);
  });
});

describe('G14: an e-mail at a provider', () => {
  test.each(['github', 'google', 'facebook', 'acme'] as const)(
    '%s: connects nothing by itself, proved or not, and takes no address that is somebody’s',
    async (role) => {
      const { client: owner, person } = await registered(browser(), {
        email: `owner${newStranger().subject}@example.com`,
      });
      const client = browser();
      const stranger = newStranger({ email: person.email });

      const callback = await roundTrip(client, { role }, stranger);
      const known = (await questionOf(client, callback)).text.includes('exists already');
      const taken = await sayYes(client, callback);
      const made = await sayYes(client, callback, { email: '' });

      // Only to somebody whose provider proves the address by its own rule (1.5).
      expect(known).toBe(role === 'github' || role === 'google' || role === 'acme');
      expect(taken).toMatchObject({ status: 409, refusal: 'email-taken' });
      expect(made.status).toBe(303);
      expect((await owner.get(CONNECTIONS)).html).not.toContain('value="unlink"');
      expect((await client.get('/settings')).html).not.toContain(person.email);
      expect(await signIn(browser(), person)).toMatchObject({ status: 303 });
    },
  );

  test('H15: that the provider did not prove gives away nobody', async () => {
    const { person } = await registered(browser(), {
      email: `x${newStranger().subject}@example.com`,
    });
    const unproved = newStranger({ email: person.email, emailVerified: '' });

    for (const role of ['github', 'google', 'facebook', 'acme'] as const) {
      const client = browser();
      const question = await questionOf(client, await roundTrip(client, { role }, unproved));

      expect(question.text).not.toContain('exists already');
    }
  });
});

describe('disconnecting', () => {
  test('ends the account’s other sessions, and that way in opens nothing any more (H2)', async () => {
    const { client, person } = await somebody();
    const stranger = await connect(client, 'github');
    const thief = browser();
    await roundTrip(thief, { role: 'github' }, stranger);
    const form = await disconnectForm(client, stranger.handle);
    const back = await Promise.all(
      times(8, async () => roundTrip(browser(), { role: 'github' }, stranger)),
    );
    expect(back.every(({ location }) => location === '/')).toBe(true);

    const answer = await client.post(CONNECTIONS, form);

    expect(answer).toMatchObject({ status: 303, location: CONNECTIONS });
    expect(await isSignedIn(thief)).toBe(false);
    expect(await isSignedIn(client)).toBe(true);
    expect(await opens('github', stranger)).toBe(false);
    expect(await signIn(browser(), person)).toMatchObject({ status: 303 });
    // What came of asking the provider to forget its consent follows when it is known.
    await expect
      .poll(() => factsOf(client), { timeout: 15_000 })
      .toMatchObject(
        [/opened/, /^Connected/, /^Disconnected/, /cannot be taken back/].map(matching),
      );
  });

  test('H2: a sign-in that races it opens no session that outlives it', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { client } = await somebody();
      const stranger = await connect(client, 'github');
      const form = await disconnectForm(client, stranger.handle);
      const thieves = times(4, browser);

      await Promise.all([
        client.post(CONNECTIONS, form),
        ...thieves.map((thief) => roundTrip(thief, { role: 'github' }, stranger)),
      ]);

      expect(await Promise.all(thieves.map(isSignedIn))).toEqual(times(4, () => false));
    }
  });

  test('the last way in is refused by the server, and the button says why', async () => {
    const { client, stranger } = await registeredBy(browser(), 'acme');
    const proof = { role: 'acme', page: `/reauth?redirectTo=${CONNECTIONS}` } as const;
    await roundTrip(client, proof, stranger);

    const answer = await client.post(CONNECTIONS, await disconnectForm(client, stranger.handle));

    expect(answer).toMatchObject({ status: 409, refusal: 'last-way-in' });
    expect(await isSignedIn(client)).toBe(true);
    expect((await client.get(CONNECTIONS)).text).toContain('Add another');
  });

  test('L8: by GET, HEAD or OPTIONS takes nothing away, with the whole form in the address', async () => {
    const { client } = await somebody();
    const { handle } = await connect(client, 'github');
    const query = new URLSearchParams(await disconnectForm(client, handle)).toString();

    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      await client.ask(`${CONNECTIONS}?${query}`, { method });
      await client.ask(`${CONNECTIONS}.data?${query}`, { method });
    }

    expect((await client.get(CONNECTIONS)).text).toContain(handle);
  });

  test('CVE-2025-61928: takes nothing from somebody else’s account', async () => {
    const [victim, attacker] = [await somebody(), await somebody()];
    const theirs = await connect(victim.client, 'github');
    const own = await connect(attacker.client, 'github');
    const { identityId = '' } = await disconnectForm(victim.client, theirs.handle);
    const form = await disconnectForm(attacker.client, own.handle);

    const answer = await attacker.client.post(CONNECTIONS, { ...form, identityId });

    expect(answer).toMatchObject({ status: 409, refusal: 'method-not-linked' });
    expect(await opens('github', theirs)).toBe(true);
    expect(formsIn((await attacker.client.get(CONNECTIONS)).html).length).toBeGreaterThan(0);
  });
});
