import { beforeAll, expect, test } from 'vitest';
import { formsIn } from '../support/html-forms.ts';
import { freshSecrets } from '../support/run-latchkey.ts';
import { WebClient } from '../support/web-client.ts';
import { appOfTest } from './the-app.ts';
import { theProviders } from './the-providers.ts';
import { answerThere, leaveFor, newStranger, tokenRequests } from '../support/provider-trips.ts';

const { local, browser } = theProviders();
let secrets: Readonly<Record<string, string>> = {};
beforeAll(async () => {
  secrets = await freshSecrets();
});

const planted = (state: string) => [
  `oauth2=${state}`,
  `oauth2:${state}=state=${state}&codeVerifier=${'v'.repeat(43)}`,
  `oauth2x=${state}`,
  `github=state%3D${state}`,
  `github=${state}; google=${state}; state=${state}`,
];

test('G4: cookies of strategies, planted by a sister site, start and finish nothing', async () => {
  const state = 's'.repeat(43);
  const before = tokenRequests(local()).length;

  for (const cookie of planted(state)) {
    for (const role of ['github', 'google', 'facebook', 'acme']) {
      const path = `/auth/${role}/callback?code=x&state=${state}`;
      const answer = await browser().ask(path, { headers: { cookie } });

      expect(answer, cookie).toMatchObject({ status: 400, refusal: 'no-handshake' });
    }
  }
  expect(tokenRequests(local())).toHaveLength(before);
});

test('G4: an anonymous cookie that is made up, changed or doubled is nobody’s', async () => {
  const client = browser();
  const path = await answerThere(await leaveFor(client, { role: 'github' }), newStranger());
  const own = client.jar.get('anon') ?? '';
  const before = tokenRequests(local()).length;

  for (const cookie of [
    'anon=x',
    `anon=${own}x`,
    `anon=${own.slice(0, -2)}`,
    `__Host-anon=${own}`,
  ]) {
    expect(await browser().ask(path, { headers: { cookie } })).toMatchObject({ status: 400 });
  }
  expect(tokenRequests(local())).toHaveLength(before);
  expect(await client.get(path)).toMatchObject({ status: 303 });
});

test('G4: on https only the __Host- cookie counts, which no sister site can plant', async () => {
  const ORIGIN = 'https://latchkey.example';
  const github = { GITHUB_CLIENT_ID: 'x', GITHUB_CLIENT_SECRET: 'a secret nobody uses' };
  const app = await appOfTest({
    ...secrets,
    ORIGIN,
    BCRYPT_COST: '10',
    RATE_LIMITS: 'on',
    ...github,
  });
  const attacker = new WebClient(ORIGIN, app.origin);
  const page = await attacker.get('/login');
  const form = formsIn(page.html).find(({ action }) => action === '/auth/github');
  const start = await attacker.post('/auth/github', form?.fields ?? {});
  const state = new URL(start.location ?? '').searchParams.get('state') ?? '';
  const own = attacker.jar.get('__Host-anon') ?? '';
  const path = `/auth/github/callback?state=${state}&error=access_denied`;

  for (const cookie of [`anon=${own}`, `__Host-anon=x; anon=${own}`, `__host-anon=${own}`]) {
    const victim = new WebClient(ORIGIN, app.origin);
    expect(await victim.ask(path, { headers: { cookie } }), cookie).toMatchObject({ status: 400 });
  }
  expect(own).not.toBe('');
  expect(await attacker.get(path)).toMatchObject({ status: 303 });
});
