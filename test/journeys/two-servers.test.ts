import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
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
import { WebClient } from '../support/web-client.ts';
import { brokenInvariantsIn } from './files.ts';
import { appOfTest, browserAt } from './the-app.ts';

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Two servers that start at the same time on one empty directory, at one public address each. */
async function twoServers() {
  const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-two-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const [one, other] = await Promise.all([appOfTest({}, { dataDir }), appOfTest({}, { dataDir })]);
  return { dataDir, one, other };
}

/** The same browser at the other server, as behind a proxy that takes either. */
function atOther(client: WebClient, { origin }: RunningApp): WebClient {
  const twin = new WebClient(origin);
  for (const [name, value] of client.jar) twin.jar.set(name, value);
  return twin;
}

describe('two servers on one directory (F9)', () => {
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

    const answers = await Promise.all(twins.map((twin) => twin.post('/register', fields)));

    expect(answers.map(({ status }) => status)).toEqual(times(6, () => 303));
    for (const twin of twins) {
      expect(await factsOf(twin)).toEqual(['Account opened with a password']);
    }
  });

  test('some hundred mixed commands at both: each answer is true, no name has two owners (I1–I7)', async () => {
    const { dataDir, one, other } = await twoServers();
    const browsers = times(8, (index) => browserAt(index % 2 === 0 ? one : other));
    const contested = times(20, (index) => `contested-${index}`);
    const owners: { readonly username: string; readonly person: Person }[] = [];

    await Promise.all(
      browsers.map(async (client) => {
        const { person } = await registered(client);
        let mine = person;
        for (const username of contested) {
          const answer = await client.submit('/settings', { username, name: `Now ${username}` });
          expect([303, 409, 503]).toContain(answer.status);
          if (answer.status === 303) {
            mine = { ...mine, username };
            owners.push({ username, person: mine });
          }
          if (answer.status === 409) expect(answer.refusal).toBe('username-taken');
          const stranger = browserAt(client);
          expect(await signIn(stranger, mine)).toMatchObject({ status: 303 });
          await stranger.post('/logout', await stranger.fill('/', {}, 'csrf'));
        }
        expect(await signIn(browserAt(client), mine)).toMatchObject({ status: 303 });
      }),
    );

    expect(owners.length).toBeGreaterThanOrEqual(contested.length - 8);
    await Promise.all([one.kill(), other.kill()]);
    expect(await brokenInvariantsIn(dataDir)).toEqual([]);
  });

  test('fifty registrations of one name, half at each: one account (F11, I4)', async () => {
    const { dataDir, one, other } = await twoServers();
    const wishes = await Promise.all(
      times(50, async (index) => {
        const client = browserAt(index % 2 === 0 ? one : other);
        const person = newPerson({ username: 'everybody' });
        return { client, fields: await client.fill('/register', registerFields(person)) };
      }),
    );

    const answers = await Promise.all(
      wishes.map(({ client, fields }) => client.post('/register', fields)),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([303, ...times(49, () => 409)]);
    await Promise.all([one.kill(), other.kill()]);
    expect(await brokenInvariantsIn(dataDir)).toEqual([]);
  });

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
