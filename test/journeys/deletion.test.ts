import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  factsOf,
  historyOf,
  isSignedIn,
  newPerson,
  register,
  registered,
  signIn,
  type Person,
} from '../support/people.ts';
import type { WebClient } from '../support/web-client.ts';
import { appOfTest, browserAt, theApp } from './the-app.ts';

const app = theApp();
const browser = () => browserAt(app());
const somebody = () => registered(browser());
const PAGE = '/settings/delete';

const typedBy = ({ username, password }: Person) => ({
  confirmation: username,
  currentPassword: password,
});
const ask = (client: WebClient, person: Person) => client.submit(PAGE, typedBy(person));

/** Somebody who asked for the end of the account, and signed in again. */
async function closing() {
  const { client: asked, person } = await somebody();
  await ask(asked, person);
  const client = browser();
  const entered = await signIn(client, person);
  return { client, person, entered };
}

const cancel = async (client: WebClient) =>
  client.post(PAGE, { ...(await client.fill(PAGE, {}, 'confirmation')), intent: 'cancel' });

const plain = (text: string) => text.replace(/[\u2066-\u2069]/g, '');

describe('the page that deletes an account', () => {
  test('tells first what is erased, what stays, and what happens elsewhere', async () => {
    const { client } = await somebody();

    const { status, text } = await client.get(PAGE);

    expect(status).toBe(200);
    for (const told of [
      'What is erased',
      'What stays',
      'What happens elsewhere',
      '1 entry',
      '7 days',
    ]) {
      expect(text).toContain(told);
    }
  });

  test('asks for the username and the password, each with its own word', async () => {
    const { client, person } = await somebody();
    const right = typedBy(person);

    const cases = [
      [{ ...right, confirmation: '' }, { confirmation: 'Type your username.' }],
      [
        { ...right, confirmation: 'somebody' },
        { confirmation: 'This is not the username of this account.' },
      ],
      [{ ...right, currentPassword: '' }, { currentPassword: 'Type your current password.' }],
      [
        { ...right, currentPassword: 'not it at all' },
        { currentPassword: 'This is not your current password.' },
      ],
    ] as const;
    for (const [typed, messages] of cases) {
      expect(await client.submit(PAGE, typed)).toMatchObject({ status: 400, messages });
    }
    expect(await isSignedIn(client)).toBe(true);
    expect((await historyOf(client)).join()).not.toContain('Deletion');
  });

  test('takes the username in any spelling that is the same name', async () => {
    const { client, person } = await somebody();
    const spelt = { ...typedBy(person), confirmation: ` ${person.username.toUpperCase()} ` };

    expect(await client.submit(PAGE, spelt)).toMatchObject({ status: 303, location: PAGE });
  });

  test('ends every session, here too; what is owned stays reserved; the receipt names nobody', async () => {
    const { client, person } = await somebody();
    const elsewhere = browser();
    await signIn(elsewhere, person);

    const answer = await ask(client, person);

    expect(answer).toMatchObject({ status: 303, location: PAGE });
    expect(answer.headers['clear-site-data']).toBe('"cache", "storage"');
    expect(await isSignedIn(elsewhere)).toBe(false);
    const receipt = await client.get(PAGE);
    expect(receipt.status).toBe(200);
    expect(receipt.text).toContain('Your account is closing');
    for (const word of Object.values(person)) expect(receipt.html).not.toContain(word);
    const other = newPerson({ email: person.email });
    expect(await register(browser(), other)).toMatchObject({ refusal: 'email-taken' });
    const namesake = newPerson({ username: person.username });
    expect(await register(browser(), namesake)).toMatchObject({ refusal: 'username-taken' });
  });

  test('shows no receipt to a browser that did not ask', async () => {
    const { client, person } = await somebody();
    await ask(client, person);

    const stranger = await browser().get(PAGE);

    expect(stranger.location).toBe('/login?redirectTo=%2Fsettings%2Fdelete');
  });
});

describe('H7: a closing session', () => {
  test('is what a sign-in then gives, wherever it wanted to go, and says who asked', async () => {
    const { client, person, entered } = await closing();

    expect(entered).toMatchObject({ status: 303, location: PAGE });
    const { text } = await client.get(PAGE);
    expect(plain(text)).toContain('somebody signed in with a password');
    expect(text).toContain('Firefox on Linux');
    const asIfElsewhere = await client.get('/login?redirectTo=/settings/history');
    const onward = await client.get(asIfElsewhere.location ?? '');
    expect(onward.location).toBe(PAGE);
    expect(person.username).not.toBe('');
  });

  test('can do nothing else: every other page leads back, every other form is refused', async () => {
    const { client } = await closing();
    const csrf = (await client.fill(PAGE, {}, 'csrf'))['csrf'] ?? '';

    for (const path of settingsPages()) {
      const answer = await client.get(path);
      if (path.endsWith('/feed')) {
        expect([path, answer.status]).toEqual([path, 204]);
        continue;
      }
      expect([path, answer.status, answer.location]).toEqual([path, 303, PAGE]);
      const posted = await client.post(path, { csrf });
      expect([303, 405], path).toContain(posted.status);
      if (posted.status === 303) expect([path, posted.location]).toEqual([path, PAGE]);
    }
    expect(await client.get('/')).toMatchObject({ status: 303, location: PAGE });
    const link = await client.post('/auth/github', { csrf, intent: 'link' });
    expect([404, 303]).toContain(link.status);
  });

  test('keeps the account, says by which way in it was asked, and revives no session', async () => {
    const { client: old, person } = await somebody();
    const token = old.jar.get('sid') ?? '';
    await ask(old, person);
    const client = browser();
    await signIn(client, person);
    const closingToken = client.jar.get('sid') ?? '';

    const answer = await cancel(client);

    expect(answer).toMatchObject({ status: 303, location: '/login' });
    expect(plain((await client.get('/login')).text)).toMatch(
      /Your account is kept\. Its deletion was asked for on .* by somebody signed in with a password/,
    );
    for (const dead of [token, closingToken]) {
      const again = browser();
      again.jar.set('sid', dead);
      expect(await isSignedIn(again)).toBe(false);
    }
    const fresh = browser();
    expect(await signIn(fresh, person)).toMatchObject({ status: 303, location: '/' });
    expect((await factsOf(fresh)).at(-1)).toBe('Deletion cancelled');
  });

  test('finishes only with the name typed and the password proved anew', async () => {
    const { client, person } = await closing();
    const finish = { ...typedBy(person), intent: 'finish' };
    const form = await client.fill(PAGE, {}, 'confirmation');

    const wrong = [{ confirmation: 'x' }, { currentPassword: '' }, { currentPassword: 'not it' }];
    for (const part of wrong) {
      expect((await client.post(PAGE, { ...form, ...finish, ...part })).status).toBe(400);
    }
    const answer = await client.post(PAGE, { ...form, ...finish });

    expect(answer).toMatchObject({ status: 303, location: PAGE });
    expect((await client.get(PAGE)).text).toContain('Your account is erased');
    expect(await signIn(browser(), person)).toMatchObject({ status: 400 });
  });

  test('cannot be had for an account that nobody wants to end', async () => {
    const { client, person } = await somebody();
    const form = await client.fill(PAGE, typedBy(person));

    const finished = await client.post(PAGE, { ...form, intent: 'finish' });
    const cancelled = await client.post(PAGE, { ...form, intent: 'cancel' });

    expect(finished).toMatchObject({ status: 409, refusal: 'account-not-closing' });
    expect(cancelled).toMatchObject({ status: 409, refusal: 'account-not-closing' });
    expect(await isSignedIn(client)).toBe(true);
  });
});

describe('the days of grace', () => {
  const DAY = 86_400_000;

  test('are those of the day it was asked: a changed setting shortens none (H7)', async () => {
    const place = keptPlace();
    const first = await appOfTest({}, place);
    const { client, person } = await registered(browserAt(first));
    await ask(client, person);
    await first.stop();

    const second = await appOfTest({ DELETE_GRACE_DAYS: '0' }, place);
    const entered = await signIn(browserAt(second), person);

    expect(entered).toMatchObject({ status: 303, location: PAGE });
  });

  test('over, the next start erases it: nobody signs in, and the receipt says so', async () => {
    const place = keptPlace();
    const first = await appOfTest({}, place);
    const { client, person } = await registered(browserAt(first));
    await ask(client, person);
    await first.kill();

    const second = await appOfTest({ LATCHKEY_TEST_CLOCK: place.clockAhead(8 * DAY) }, place);
    const owner = browserAt(second);
    for (const [name, value] of client.jar) owner.jar.set(name, value);

    await expect
      .poll(async () => (await owner.get(PAGE)).text, { timeout: 20_000 })
      .toContain('Your account is erased');
    expect(await signIn(browserAt(second), person)).toMatchObject({ status: 400 });
  });

  test('none: it is erased at once, and all that was owned is free for the next person', async () => {
    const app = await appOfTest({ DELETE_GRACE_DAYS: '0' });
    const { client, person } = await registered(browserAt(app));

    await ask(client, person);

    const receipt = await client.get(PAGE);
    expect(receipt.text).toContain('Your account is erased');
    for (const word of Object.values(person)) expect(receipt.html).not.toContain(word);
    const next = browserAt(app);
    expect(await register(next, person)).toMatchObject({ status: 303 });
    expect(await factsOf(next)).toEqual(['Account opened with a password']);
  });
});

describe('two servers on one directory', () => {
  test('I8 no session of a deleted account works at either, whichever it was made at', async () => {
    const place = keptPlace();
    const zero = { DELETE_GRACE_DAYS: '0' };
    const { dataDir } = place;
    const one = await appOfTest(zero, { dataDir });
    const other = await appOfTest(zero, { dataDir });
    const { client, person } = await registered(browserAt(one));
    const there = browserAt(other);
    await signIn(there, person);
    expect([await isSignedIn(client), await isSignedIn(there)]).toEqual([true, true]);

    await ask(client, person);

    expect([await isSignedIn(client), await isSignedIn(there)]).toEqual([false, false]);
    for (const app of [one, other]) {
      expect(await signIn(browserAt(app), person)).toMatchObject({ status: 400 });
    }
  });
});

/** Every page of the settings, as the files of their routes name them. */
const settingsPages = () =>
  readdirSync('app/routes')
    .filter((file) => file.startsWith('settings') && !file.includes('$'))
    .map(
      (file) =>
        `/${file
          .replace(/\.tsx?$/, '')
          .replaceAll('_.', '/')
          .replaceAll('.', '/')}`,
    )
    .filter((path) => path !== PAGE);

/** A directory that outlives its servers, and goes with the test. */
function keptPlace() {
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-deletion-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const clockAhead = (milliseconds: number) => {
    writeFileSync(join(directory, 'clock'), String(milliseconds));
    return join(directory, 'clock');
  };
  return { dataDir: join(directory, 'data'), clockAhead };
}
