import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { formsIn } from '../support/html-forms.ts';
import { historyOf, registered } from '../support/people.ts';
import { pointedAt } from '../support/pointed-at.ts';
import {
  answerThere,
  connect,
  CONNECTIONS,
  disconnectForm,
  linkTrip,
  newStranger,
  sayYes,
} from '../support/provider-trips.ts';
import { runLatchkeyTalking } from '../support/run-latchkey-talking.ts';
import type { WebClient } from '../support/web-client.ts';
import { appOfTest, browserAt } from './the-app.ts';
import { providersOfTest, theProviders } from './the-providers.ts';

const apis = {
  GITHUB_API_SCOPES: 'repo',
  FACEBOOK_API_SCOPES: 'pages_show_list',
  OIDC_ACME_SCOPE: 'openid profile email offline_access',
};
const { app, local, browser } = theProviders(apis);

/** The form of the connections page that reads again what the one way in there is called. */
async function refreshForm(client: WebClient) {
  const { html } = await client.get(CONNECTIONS);
  return formsIn(html).find(({ fields }) => fields['intent'] === 'refresh')?.fields;
}

async function connectedAs(role: 'github' | 'acme', failure: string) {
  const { client } = await registered(browser());
  const stranger = newStranger();
  await sayYes(client, await linkTrip(client, role, { ...stranger, failure }));
  return { client, stranger };
}

describe('O11: with an API configured, the connections page', () => {
  test('reads again what a way in is called, with tokens renewed on the way', async () => {
    const { client, stranger } = await connectedAs('github', 'changed-handle');
    expect((await client.get(CONNECTIONS)).text).toContain(`${stranger.handle}-renamed`);
    local().endAccess();

    const answer = await client.post(CONNECTIONS, (await refreshForm(client)) ?? {});

    expect(answer).toMatchObject({ status: 303, location: CONNECTIONS });
    const page = await client.get(CONNECTIONS);
    expect(page.text).not.toContain(`${stranger.handle}-renamed`);
    expect(page.text).toContain(stranger.handle);
    expect((await historyOf(client)).join()).toContain('Read again');
  });

  test('says to connect again where the provider gives no new token', async () => {
    const { client } = await connectedAs('acme', 'refresh-refused');

    const answer = await client.post(CONNECTIONS, (await refreshForm(client)) ?? {});

    expect(answer).toMatchObject({ status: 409, refusal: 'reconnect' });
  });

  test('F27: says so where the provider does not answer, and changes nothing', async () => {
    const { client } = await connectedAs('acme', 'short-lived');
    local().misbehaveNext('refresh', 'server-error');

    const { location = '' } = await client.post(CONNECTIONS, (await refreshForm(client)) ?? {});

    expect(location).toContain('/auth/problem?why=provider-unreachable&provider=acme');
  });

  test('takes the form’s own token, and nobody else’s way in', async () => {
    const [one, other] = [await connectedAs('github', ''), await connectedAs('github', '')];
    const [own = {}, theirs = {}] = [
      await refreshForm(one.client),
      await refreshForm(other.client),
    ];

    expect(await one.client.post(CONNECTIONS, { ...own, csrf: 'x' })).toMatchObject({
      status: 403,
    });
    const foreign = { ...theirs, csrf: own['csrf'] ?? '' };
    const answer = await one.client.post(CONNECTIONS, foreign);
    expect(answer).toMatchObject({ status: 409, refusal: 'method-not-linked' });
  });

  test('disconnects, and the consent is taken back at the provider', async () => {
    const { client, stranger } = await connectedAs('github', '');

    await client.post(CONNECTIONS, await disconnectForm(client, stranger.handle));

    await expect
      .poll(async () => (await historyOf(client)).join(), { timeout: 15_000 })
      .toContain('is taken back');
  });

  test('G19, G21: no token is printed', () => {
    expect(app().output()).not.toMatch(/(access|refresh)_[\w-]{20}/);
  });
});

describe('without one', () => {
  test('there is nothing to read again, and no token is kept', async () => {
    const own = await providersOfTest();
    const { client } = await registered(browserAt(own.app));
    await connect(client, 'github');

    expect(await refreshForm(client)).toBeUndefined();
  });
});

describe('F27: a round trip that failed', () => {
  test('stands in the history of whoever was signed in, beside the facts', async () => {
    const { client } = await registered(browser());

    await linkTrip(client, 'github', { ...newStranger(), failure: 'server-error' });

    await expect
      .poll(async () => (await historyOf(client)).join())
      .toContain('gave no good answer');
  });
});

describe('latchkey connect', () => {
  const talk = (words: readonly string[], form: object = newStranger()) =>
    runLatchkeyTalking(['connect', ...words], {
      environment: {
        ORIGIN: app().origin,
        DATA_DIR: app().dataDir,
        ...pointedAt(local()),
        ...apis,
      },
      answer: async (said) => {
        const url = /^ {2}(http\S+)$/m.exec(said)?.[1];
        return url ? `${app().origin}${await answerThere(new URL(url), form)}` : undefined;
      },
    });

  test('connects the site itself, and takes that back when asked', async () => {
    const bot = newStranger();

    const made = await talk(['github'], bot);
    const gone = await talk(['github', '--remove']);
    const again = await talk(['github', '--remove']);

    expect(made.code).toBe(0);
    expect(made.stdout).toContain(bot.handle);
    expect(gone.stdout).toContain('has forgotten it');
    expect(again.stdout).toContain('was not connected');
    expect(made.stdout + gone.stdout).not.toMatch(/(access|refresh)_[\w-]{20}/);
  });

  test('refuses a provider that is not configured, or of which nothing is wanted', async () => {
    expect(await talk(['corp'])).toMatchObject({ code: 2 });
    expect(await talk(['google'])).toMatchObject({ code: 2 });
    expect(await talk(['github'], { ...newStranger(), failure: 'denied' })).toMatchObject({
      code: 2,
    });
  });
});

describe('an issuer whose sign-in page is elsewhere', () => {
  test('may be left for from the first page on: the form’s policy names that place (G17)', async () => {
    const issuer = createServer((request, response) => {
      const own = `http://${request.headers.host ?? ''}`;
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          issuer: own,
          authorization_endpoint: 'http://127.0.0.1:9/elsewhere',
          token_endpoint: `${own}/token`,
          jwks_uri: `${own}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        }),
      );
    });
    await once(issuer.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void issuer.close());
    const address = issuer.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const own = await appOfTest({
      OIDC_PROVIDERS: 'corp',
      OIDC_CORP_ISSUER: `http://127.0.0.1:${address.port}`,
      OIDC_CORP_CLIENT_ID: 'x',
      OIDC_CORP_CLIENT_SECRET: 'y',
    });
    const policy = async () =>
      String((await browserAt(own).get('/login')).headers['content-security-policy']);

    await expect
      .poll(policy, { timeout: 10_000 })
      .toMatch(/form-action [^;]*http:\/\/127\.0\.0\.1:9/);
    expect(await policy()).toContain(`http://127.0.0.1:${address.port}`);
  });
});
