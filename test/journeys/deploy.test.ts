import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { isSignedIn, newPerson, registered, registerFields, signIn } from '../support/people.ts';
import { appOfTest, browserAt } from './the-app.ts';

/** Where one version after the other is put. */
async function place() {
  const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-deploy-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  return { dataDir, port: await freePort() };
}

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe('a deploy during traffic (F29)', () => {
  test('with fifty forms under way: each is answered or was never taken, and no acknowledged one is lost', async () => {
    const kept = await place();
    const old = await appOfTest({ BCRYPT_COST: '8' }, kept);
    const wishes = await Promise.all(
      times(50, async () => {
        const [client, person] = [browserAt(old), newPerson()];
        return { client, person, fields: await client.fill('/register', registerFields(person)) };
      }),
    );

    const answers = wishes.map(({ client, fields }) =>
      client.post('/register', fields).catch(() => undefined),
    );
    await Promise.race(answers);
    const asked = performance.now();
    old.process.kill('SIGTERM');
    const [exit, ...all] = await Promise.all([once(old.process, 'exit'), ...answers]);
    const took = performance.now() - asked;

    expect(exit).toEqual([0, null]);
    expect(took).toBeLessThan(20_000);
    const statuses = new Set(all.map((answer) => answer?.status));
    // 503: the hash queue is bounded; undefined: the connection came too late to be taken.
    for (const status of statuses) expect([303, 503, undefined]).toContain(status);
    const acknowledged = wishes.filter((_, index) => all[index]?.status === 303);
    expect(acknowledged.length).toBeGreaterThan(0);
    const next = await appOfTest({}, kept);
    for (const { client, person } of acknowledged) {
      expect(await isSignedIn(client)).toBe(true);
      expect(await signIn(browserAt(next), person)).toMatchObject({ status: 303 });
    }
  });

  test('sessions survive, and the forms of old tabs are taken by the new version', async () => {
    const kept = await place();
    const old = await appOfTest({}, kept);
    const { client } = await registered(browserAt(old));
    const profile = await client.fill('/settings', { name: 'Typed Before' });
    const [visitor, person] = [browserAt(old), newPerson()];
    const registration = await visitor.fill('/register', registerFields(person));
    old.process.kill('SIGTERM');
    await once(old.process, 'exit');

    await appOfTest({}, kept);

    expect(await client.post('/settings', profile)).toMatchObject({ status: 303 });
    expect((await client.get('/')).text).toContain('Typed Before');
    expect(await visitor.post('/register', registration)).toMatchObject({ status: 303 });
  });

  test('an old tab’s form after the cookie secrets were replaced gets a page that says what to do', async () => {
    const kept = await place();
    const old = await appOfTest({ LATCHKEY_COOKIE_SECRETS: secret('a') }, kept);
    const { client, person } = await registered(browserAt(old));
    const profile = await client.fill('/settings', { name: 'Typed Before' });
    await old.kill();

    await appOfTest({ LATCHKEY_COOKIE_SECRETS: secret('b') }, kept);
    const answer = await client.post('/settings', profile);

    expect(answer.status).toBe(403);
    expect(answer.text).toContain('This form is too old');
    expect(answer.text).toContain('load the page again');
    expect(await isSignedIn(client)).toBe(true);
    expect((await client.get('/')).text).toContain(person.name);
  });

  test('a rotated cookie secret still verifies what the one before it signed', async () => {
    const kept = await place();
    const old = await appOfTest({ LATCHKEY_COOKIE_SECRETS: secret('a') }, kept);
    const { client } = await registered(browserAt(old));
    const profile = await client.fill('/settings', { name: 'Typed Before' });
    await old.kill();

    await appOfTest({ LATCHKEY_COOKIE_SECRETS: `${secret('b')},${secret('a')}` }, kept);

    expect(await client.post('/settings', profile)).toMatchObject({ status: 303 });
  });

  test('what is asked while it stops is turned away at the door, and what was open is finished', async () => {
    const kept = await place();
    const app = await appOfTest({ BCRYPT_COST: '10' }, kept);
    const { person } = await registered(browserAt(app));
    const client = browserAt(app);
    const typed = { identifier: person.username, password: person.password };
    const fields = await client.fill('/login', typed);

    const open = client.post('/login', fields);
    await sleep(20);
    app.process.kill('SIGTERM');
    const gone = once(app.process, 'exit');
    await sleep(20);
    const late = await browserAt(app)
      .get('/')
      .catch((error: NodeJS.ErrnoException) => error.code);

    expect(await open).toMatchObject({ status: 303 });
    expect(late).toBe('ECONNREFUSED');
    expect(await gone).toEqual([0, null]);
  });
});

const secret = (letter: string) => letter.repeat(40);
