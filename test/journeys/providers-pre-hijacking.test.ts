import { describe, expect, test } from 'vitest';
import { isSignedIn, newPerson, registered, signIn, type Person } from '../support/people.ts';
import {
  connect,
  CONNECTIONS,
  linkTrip,
  newStranger,
  questionOf,
  roundTrip,
  sayYes,
  wayInForm,
} from '../support/provider-trips.ts';
import { runLatchkey } from '../support/run-latchkey.ts';
import type { WebClient } from '../support/web-client.ts';
import { theProviders } from './the-providers.ts';

const { app, browser } = theProviders();

/** An address of the victim, before the victim has an account here. */
const victimsAddress = () => `victim${newStranger().subject}@example.com`;
const password = 'sturdy copper violin';

/** The victim asks the operator for a one-time link, and sets a password with it. */
async function recover(client: WebClient, { username }: Person): Promise<void> {
  const environment = { DATA_DIR: app().dataDir, ORIGIN: app().origin };
  const printed = await runLatchkey(['recover', username, '--json'], environment);
  const { pathname } = new URL((JSON.parse(printed) as { url: string }).url);
  const typed = { newPassword: password, newPasswordConfirm: password };
  const { status, text } = await client.submit(pathname, typed);
  if (status !== 303) throw new Error(`not recovered: ${status} ${text}`);
}

describe('Pre-hijacked accounts (Sudhodanan & Paverd, USENIX Security 2022)', () => {
  test.each(['google', 'github', 'acme'] as const)(
    'classic-federated merge: an account opened with the victim’s address is not what %s opens to the victim',
    async (role) => {
      const attacker = await registered(browser(), { email: victimsAddress() });
      const victim = browser();
      const stranger = newStranger({ email: attacker.person.email });

      const callback = await roundTrip(victim, { role }, stranger);
      expect(await isSignedIn(victim)).toBe(false);
      expect((await questionOf(victim, callback)).text).toContain('exists already');
      await sayYes(victim, callback, { email: '', name: 'The Victim' });

      expect((await victim.get('/')).text).toContain('The Victim');
      expect((await attacker.client.get('/')).text).not.toContain('The Victim');
      expect((await attacker.client.get(CONNECTIONS)).html).not.toContain('value="unlink"');
    },
  );

  test('unexpired session: the attacker’s session dies when the victim recovers the account', async () => {
    const { client: attacker, person } = await registered(browser(), { email: victimsAddress() });
    const second = browser();
    await signIn(second, person);
    const victim = browser();

    await recover(victim, person);

    expect(await isSignedIn(victim)).toBe(true);
    expect(await isSignedIn(attacker)).toBe(false);
    expect(await isSignedIn(second)).toBe(false);
    expect(await signIn(browser(), person)).toMatchObject({ status: 400 });
  });

  test('trojan identifier: the attacker’s own identity rests after the recovery, and is shown to the victim', async () => {
    const { client: attacker, person } = await registered(browser(), { email: victimsAddress() });
    const trojan = await connect(attacker, 'github');
    const victim = browser();

    await recover(victim, person);

    const answer = await roundTrip(browser(), { role: 'github' }, trojan);
    expect(answer.location).toBe('/auth/problem?why=way-in-suspended&provider=github');
    const page = await victim.get(CONNECTIONS);
    expect(page.text).toContain(trojan.handle);
    expect(page.html).toContain('data-state="recovery"');
    expect(await roundTrip(browser(), { role: 'github' }, trojan)).toMatchObject({
      location: '/auth/problem?why=way-in-suspended&provider=github',
    });
  });

  test('trojan identifier: the owner restores what is theirs, after a fresh proof, and removes what is not', async () => {
    const { client, person } = await registered(browser(), { email: victimsAddress() });
    const [own, trojan] = [await connect(client, 'github'), await connect(client, 'google')];
    const victim = browser();
    await recover(victim, person);
    const forms = [
      await wayInForm(victim, own.handle, 'restore'),
      await wayInForm(victim, trojan.email, 'unlink'),
    ];

    await app().setClockAhead(6 * 60_000);
    const late = await victim.post(CONNECTIONS, forms[0] ?? {});
    await victim.submit('/reauth', { currentPassword: password });
    const answers = [];
    for (const form of forms) answers.push(await victim.post(CONNECTIONS, form));
    const opened = await roundTrip(browser(), { role: 'github' }, own);
    const gone = await roundTrip(browser(), { role: 'google' }, trojan);
    await app().setClockAhead(0);

    expect(late.location).toBe('/reauth?redirectTo=%2Fsettings%2Fconnections');
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 303, location: CONNECTIONS });
    expect(opened).toMatchObject({ status: 303, location: '/' });
    expect(gone.location).toMatch(/^\/auth\/confirm\?/);
  });

  test('unexpired e-mail change: what the attacker left half done comes to nothing after the recovery', async () => {
    const { client: attacker, person } = await registered(browser(), { email: victimsAddress() });
    const stranger = newStranger();
    const callback = await linkTrip(attacker, 'github', stranger);
    const yes = (await questionOf(attacker, callback)).form('pending').fields;
    const change = await attacker.fill('/settings', { email: newPerson().email });
    const victim = browser();

    await recover(victim, person);
    const answers = [
      await attacker.post(callback.location ?? '', yes),
      await attacker.post('/settings', change),
    ];

    for (const { status } of answers) expect([303, 403]).toContain(status);
    expect((await victim.get(CONNECTIONS)).html).not.toContain('value="unlink"');
    expect((await victim.get('/settings')).html).toContain(person.email);
    const later = browser();
    await roundTrip(later, { role: 'github' }, stranger);
    expect(await isSignedIn(later)).toBe(false);
  });

  test.each([
    ['github', ''],
    ['facebook', 'yes'],
    ['google', ''],
    ['acme', ''],
  ] as const)(
    'H15, non-verifying provider: an address that %s has not proved opens and joins nothing',
    async (role, emailVerified) => {
      const { client: victim, person } = await registered(browser(), { email: victimsAddress() });
      const attacker = browser();
      const stranger = newStranger({ email: person.email, emailVerified });

      const callback = await roundTrip(attacker, { role }, stranger);
      const question = await questionOf(attacker, callback);

      expect(question.text).toContain('Address not proved');
      expect(question.text).not.toContain('exists already');
      expect(await sayYes(attacker, callback)).toMatchObject({ status: 409 });
      expect(await isSignedIn(attacker)).toBe(false);
      expect((await victim.get(CONNECTIONS)).html).not.toContain('value="unlink"');
    },
  );
});
