import { describe, expect, test } from 'vitest';
import { historyOf, isSignedIn, registered, signIn } from '../support/people.ts';
import {
  answerAs,
  connect,
  CONNECTIONS,
  linkTrip,
  logOut,
  questionOf,
  registeredBy,
  roundTrip,
  sayYes,
} from '../support/provider-trips.ts';
import type { Answer } from '../support/web-client.ts';
import { theProviders } from './the-providers.ts';

const { app, browser } = theProviders();
const somebody = () => registered(browser());
const github = { role: 'github' } as const;

const plain = ({ text }: Answer) => text.replace(/[\u2068\u2069]/g, '');

describe('H11: an identity that is moved', () => {
  /** Somebody whose second way in was just moved to another account. */
  async function moved() {
    const old = await somebody();
    const stranger = await connect(old.client, 'github');
    const next = await somebody();
    const callback = await linkTrip(next.client, 'github', stranger);
    return { old, next, stranger, callback };
  }

  test('opens the other account, and a fresh browser stops first at which, and since when', async () => {
    const { old, next, stranger, callback } = await moved();
    expect((await questionOf(next.client, callback)).text).toContain(
      'already opens another account',
    );
    expect((await questionOf(next.client, callback)).text).not.toContain(old.person.username);
    expect(await sayYes(next.client, callback)).toMatchObject({ location: CONNECTIONS });

    const fresh = browser();
    const stop = await roundTrip(fresh, github, stranger);
    const question = await questionOf(fresh, stop);

    expect(question.text).toContain(next.person.username);
    expect(await isSignedIn(fresh)).toBe(false);
    expect(await sayYes(fresh, stop)).toMatchObject({ status: 303, location: '/' });
    expect((await fresh.get('/')).text).toContain(next.person.name);
    await logOut(next.client);
    const known = await roundTrip(next.client, github, stranger);
    expect(known.location).toBe('/');
  });

  test('ends the old account’s sessions; its page tells of it; neither history names the other', async () => {
    const { old, next, stranger, callback } = await moved();
    await sayYes(next.client, callback);

    expect(await isSignedIn(old.client)).toBe(false);
    await signIn(old.client, old.person);
    const notice = `GitHub @${stranger.handle} was moved to another account`;
    expect(plain(await old.client.get(CONNECTIONS))).toContain(notice);
    await app().setClockAhead(6 * 60_000);
    const later = plain(await old.client.get(CONNECTIONS));
    await app().setClockAhead(0);
    expect(later).toContain('GitHub (hidden) was moved to another account');
    expect(later).not.toContain(stranger.handle);
    const [theirs, ours] = [await historyOf(old.client), await historyOf(next.client)];
    expect(theirs.join()).not.toContain(next.person.username);
    expect(ours.join()).not.toContain(old.person.username);
  });

  test('stays where it is when it is the other account’s only way in, whatever the form says', async () => {
    const { client: owner, stranger } = await registeredBy(browser(), 'github');
    const { client } = await somebody();
    const callback = await linkTrip(client, 'github', stranger);

    const answer = await answerAs(client, callback, 'move');

    expect((await client.get(callback.location ?? '')).html).not.toContain('value="move"');
    expect(answer).toMatchObject({ status: 409 });
    expect(await isSignedIn(owner)).toBe(true);
    expect(await roundTrip(browser(), github, stranger)).toMatchObject({ location: '/' });
  });

  test('and taken back by its owner is not moved again by the old yes', async () => {
    const { old, next, stranger, callback } = await moved();
    const { fields } = (await questionOf(next.client, callback)).form('pending');
    await next.client.post(callback.location ?? '', fields);
    await signIn(old.client, old.person);
    await sayYes(old.client, await linkTrip(old.client, 'github', stranger));

    const again = await next.client.post(callback.location ?? '', fields);

    expect(again.location).not.toBe(CONNECTIONS);
    expect((await old.client.get(CONNECTIONS)).text).toContain(stranger.handle);
    expect(await isSignedIn(next.client)).toBe(false);
  });

  test('only after thirty days does a browser that never saw it go straight on', async () => {
    const { next, stranger, callback } = await moved();
    await sayYes(next.client, callback);
    const days = (count: number) => app().setClockAhead(count * 86_400_000);

    await days(29);
    const early = await roundTrip(browser(), github, stranger);
    await days(31);
    const late = await roundTrip(browser(), github, stranger);
    await days(0);

    expect(early.location).toContain('/auth/confirm');
    expect(late.location).toBe('/');
  });
});
