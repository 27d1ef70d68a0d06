import { describe, expect, test } from 'vitest';
import {
  factsOf,
  isSignedIn,
  newPerson,
  register,
  registered,
  registerFields,
  signIn,
  type Person,
} from '../support/people.ts';
import type { RunningApp } from '../support/running-app.ts';
import { WebClient, type Fields } from '../support/web-client.ts';
import { brokenInvariantsIn } from './files.ts';
import { logPlaces, type LogPlace } from './log-places.ts';
import { appOfTest, browserAt } from './the-app.ts';
import { sharedDirectory } from './the-server.ts';

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** A real server takes its time to start, and a busy machine to answer some hundred commands. */
const patience = 300_000;

/** Two servers that start at the same time on one empty directory, at one public address each. */
async function startTwo({ environment }: LogPlace) {
  const [dataDir, where] = [sharedDirectory(), await environment()];
  const start = () => appOfTest(where, { dataDir });
  const [one, other] = await Promise.all([start(), start()]);
  const broken = async () => {
    await Promise.all([one.kill(), other.kill()]);
    return brokenInvariantsIn(dataDir, where);
  };
  return { one, other, broken };
}

/** The same browser at the other server, as behind a proxy that takes either. */
function atOther(client: WebClient, { origin }: RunningApp): WebClient {
  const twin = new WebClient(origin);
  for (const [name, value] of client.jar) twin.jar.set(name, value);
  return twin;
}

describe.each(logPlaces)('two servers on one directory (F9), $name:', (place) => {
  const twoServers = () => startTwo(place);
  /** Sends a form that others contend with, until its outcome is known. */
  const send = (client: WebClient, path: string, fields: Fields) =>
    place.settled(() => client.post(path, fields));
  const rename = async (client: WebClient, username: string) =>
    send(
      client,
      '/settings',
      await client.fill('/settings', { username, name: `Now ${username}` }),
    );

  test('one knows at once what the other did', async () => {
    const { one, other } = await twoServers();
    const { client, person } = await registered(browserAt(one));
    const there = atOther(client, other);

    expect(await isSignedIn(there)).toBe(true);
    await there.submit('/settings', { name: 'Named There' });
    expect(await factsOf(client)).toEqual([
      'Account opened with a password',
      'Name changed to Named There',
    ]);
    expect(await register(browserAt(other), newPerson({ email: person.email }))).toMatchObject({
      status: 409,
      refusal: 'email-taken',
    });
    await there.post('/logout', await there.fill('/', {}, 'csrf'));
    expect(await isSignedIn(client)).toBe(false);
  });

  test('a form of one may be sent to the other: the same `once` makes one account (F14)', async () => {
    const { one, other } = await twoServers();
    const person = newPerson();
    const client = browserAt(one);
    const fields = await client.fill('/register', registerFields(person));
    const twins = times(6, (index) => atOther(client, index % 2 === 0 ? one : other));

    const answers = await Promise.all(twins.map((twin) => send(twin, '/register', fields)));

    expect(answers.map(({ status }) => status)).toEqual(times(6, () => 303));
    for (const twin of twins) {
      const facts = await factsOf(twin);
      // On a log that writes one stream at a time, each process may have closed off what the other had begun.
      expect(facts.filter((fact) => fact !== 'An unfinished change closed off')).toEqual([
        'Account opened with a password',
      ]);
    }
  });

  test(
    'some hundred mixed commands at both: each answer is true, no name has two owners, none is locked (I1–I7)',
    async () => {
      const { one, other, broken } = await twoServers();
      const browsers = times(8, (index) => browserAt(index % 2 === 0 ? one : other));
      const contested = times(20, (index) => `contested-${index}`);
      const given = new Set<string>();

      const people = await Promise.all(
        browsers.map(async (client) => {
          const { person } = await registered(client);
          let mine: Person = person;
          for (const username of contested) {
            const answer = await rename(client, username);
            expect([303, 409]).toContain(answer.status);
            if (answer.status === 409) expect(answer.refusal).toBe('username-taken');
            if (answer.status === 303) {
              mine = { ...mine, username };
              given.add(username);
            }
            const stranger = browserAt(client);
            expect(await signIn(stranger, mine)).toMatchObject({ status: 303 });
            await stranger.post('/logout', await stranger.fill('/', {}, 'csrf'));
          }
          return mine;
        }),
      );

      expect([...given].sort()).toEqual([...contested].sort());
      for (const person of people) {
        for (const app of [one, other]) {
          expect(await signIn(browserAt(app), person)).toMatchObject({ status: 303 });
        }
      }
      // What nobody kept is free for the next, and nothing else is.
      const kept = new Set(people.map(({ username }) => username));
      expect(kept.size).toBe(people.length);
      const { client: next } = await registered(browserAt(other));
      for (const username of contested) {
        const { status, refusal } = await rename(next, username);
        expect([username, status, refusal]).toEqual(
          kept.has(username) ? [username, 409, 'username-taken'] : [username, 303, undefined],
        );
      }
      expect(await broken()).toEqual([]);
    },
    patience,
  );

  test(
    'fifty registrations of one name, half at each: one account (F11, I4)',
    async () => {
      const { one, other, broken } = await twoServers();
      const wishes = await Promise.all(
        times(50, async (index) => {
          const client = browserAt(index % 2 === 0 ? one : other);
          const person = newPerson({ username: 'everybody' });
          return { client, fields: await client.fill('/register', registerFields(person)) };
        }),
      );

      const answers = await Promise.all(
        wishes.map(({ client, fields }) => send(client, '/register', fields)),
      );

      expect(answers.map(({ status }) => status).sort()).toEqual([303, ...times(49, () => 409)]);
      expect(await broken()).toEqual([]);
    },
    patience,
  );

  test('H3: a password changed at one ends the sessions at the other', async () => {
    const { one, other } = await twoServers();
    const { client, person } = await registered(browserAt(one));
    const there = browserAt(other);
    await signIn(there, person);
    const next = 'quiet marble lantern';

    const typed = { currentPassword: person.password, newPassword: next, newPasswordConfirm: next };
    await client.submit('/settings/password', typed);

    expect(await isSignedIn(there)).toBe(false);
    expect(await isSignedIn(client)).toBe(true);
  });
});
