import { describe, expect, test } from 'vitest';
import { runLatchkeyTalking } from '../support/run-latchkey-talking.ts';
import { freshSecrets } from '../support/run-latchkey.ts';
import { formsIn } from '../support/html-forms.ts';
import { isSignedIn } from '../support/people.ts';
import { pointedAt } from '../support/pointed-at.ts';
import { answerThere, newStranger, roundTrip } from '../support/provider-trips.ts';
import type { WebClient } from '../support/web-client.ts';
import { appOfTest, browserAt } from './the-app.ts';
import { theProviders } from './the-providers.ts';

const { app, local, browser } = theProviders();
const roles = ['github', 'google', 'facebook', 'acme'] as const;
const PAGE = '/dev/providers';

/** Presses the button of one provider, says there who one is, and comes back. */
async function testSignIn(client: WebClient, role: (typeof roles)[number], form: object) {
  const page = await client.get(PAGE);
  const found = formsIn(page.html).find(({ fields }) => fields['provider'] === role);
  if (!found) throw new Error(`no test of ${role}: ${page.status}`);
  const { location = '' } = await client.post(PAGE, found.fields);
  return client.get(await answerThere(new URL(location), form));
}

/** Every secret that went between the app and the provider so far. */
const secretsSent = () =>
  local()
    .seen.flatMap(({ body, authorization = '' }) => [
      authorization.replace(/^\w+ /, ''),
      ...['code', 'code_verifier', 'client_secret'].map((name) => body.get(name) ?? ''),
    ])
    .filter((secret) => secret.length > 5);

function expectNoSecret(told: string): void {
  expect(secretsSent().length).toBeGreaterThan(1);
  expect(secretsSent().filter((secret) => told.includes(secret))).toEqual([]);
  expect(told).not.toMatch(/eyJ[\w-]+\.[\w-]+/);
}

describe('a test sign-in', () => {
  test.each(roles)(
    '%s: shows what came back, without secrets; nobody is signed in',
    async (role) => {
      const [client, stranger] = [browser(), newStranger()];

      const back = await testSignIn(client, role, stranger);
      const page = await client.get(PAGE);

      expect(back).toMatchObject({ status: 303, location: PAGE });
      expect(page.text).toContain(stranger.subject);
      expect(page.text).toContain(stranger.email);
      expect(page.text).toMatch(/access_token hidden, \d+ characters/);
      expectNoSecret(page.html);
      expect(await isSignedIn(client)).toBe(false);
      expect((await roundTrip(client, { role }, stranger)).location).toMatch(/^\/auth\/confirm/);
    },
  );

  test('that fails shows the fault and repeats nothing that is no field', async () => {
    const client = browser();

    await testSignIn(client, 'github', { ...newStranger(), failure: 'html' });
    const html = (await client.get(PAGE)).text;
    await testSignIn(client, 'google', { ...newStranger(), failure: 'denied' });

    expect(html).toContain('provider-nonsense');
    expect(html).toMatch(/no JSON hidden, \d+ characters/);
    expect((await client.get(PAGE)).text).toContain('denied');
  });

  test('is no intent that a form of a sign-in can ask for', async () => {
    const answer = await roundTrip(
      browser(),
      { role: 'github', typed: { intent: 'test' } },
      {},
    ).catch((error: unknown) => error);

    expect(String(answer)).toContain('did not leave: 400');
  });

  test('is not there in production, by GET or POST', async () => {
    const own = await appOfTest({
      ...(await freshSecrets()),
      ORIGIN: 'https://latchkey.example',
      BCRYPT_COST: '10',
      RATE_LIMITS: 'on',
    });
    const client = browserAt(own);
    const headers = { host: 'latchkey.example', origin: 'https://latchkey.example' };

    expect(await client.ask(PAGE, { headers })).toMatchObject({ status: 404 });
    const post = {
      method: 'POST',
      body: 'provider=github',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    };
    expect(await client.ask(PAGE, post)).toMatchObject({ status: 404 });
  });
});

describe('latchkey doctor --providers', () => {
  const doctor = (form: object, roleOnly: 'github' | 'google' | 'facebook' | 'acme') =>
    runLatchkeyTalking(['doctor', '--providers', '--json'], {
      environment: { ORIGIN: app().origin, ...local().environment[roleOnly] },
      answer: async (said) => {
        const url = /^ {2}(http\S+)$/m.exec(said)?.[1];
        return url ? `${app().origin}${await answerThere(new URL(url), form)}` : undefined;
      },
    });

  test.each(roles)('%s: shows what came back, without secrets', async (role) => {
    const stranger = newStranger();

    const { code, stdout } = await doctor(stranger, role);

    const { healthy, providers } = JSON.parse(stdout) as { healthy: boolean; providers: object[] };
    expect([code, healthy]).toEqual([0, true]);
    expect(providers).toMatchObject([
      {
        provider: role,
        callback: `${app().origin}/auth/${role}/callback`,
        signIn: { fault: null },
      },
    ]);
    expect(stdout).toContain(stranger.subject);
    expectNoSecret(stdout);
  });

  test('says what failed, and ends with 1', async () => {
    const { code, stdout } = await doctor({ ...newStranger(), failure: 'expired-code' }, 'acme');

    expect(code).toBe(1);
    expect(stdout).toContain('provider-rejected');
  });

  test('with nobody there tries none, and needs no log: an installation is not even made', async () => {
    const { code, stdout } = await runLatchkeyTalking(['doctor', '--providers'], {
      environment: { DATA_DIR: '/nowhere/at/all', ...pointedAt(local()) },
      answer: () => Promise.resolve(''),
    });

    expect(code).toBe(0);
    expect(stdout.match(/not tried/g)).toHaveLength(4);
  });
});
