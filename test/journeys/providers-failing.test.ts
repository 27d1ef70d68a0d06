import { describe, expect, test } from 'vitest';
import type { RoleName } from '../../dev/local-provider/roles.ts';
import { startLocalProvider } from '../../dev/local-provider/start-local-provider.ts';
import { formsIn } from '../support/html-forms.ts';
import { isSignedIn, registered } from '../support/people.ts';
import { pointedAt } from '../support/pointed-at.ts';
import {
  answerThere,
  CONNECTIONS,
  leave,
  leaveFor,
  linkTrip,
  newStranger,
  questionOf,
  roundTrip,
} from '../support/provider-trips.ts';
import { appOfTest, browserAt } from './the-app.ts';
import { theProviders } from './the-providers.ts';

const { browser, app } = theProviders();
const roles = ['github', 'google', 'facebook', 'acme'] as const;
/** One by the strategies of the remix-auth family, one by openid-client. */
const twoKinds = ['github', 'acme'] as const;
const openId = ['google', 'acme'] as const;

const failures: readonly (readonly [string, string, readonly RoleName[]])[] = [
  ['denied', 'denied', roles],
  ['expired-code', 'provider-rejected', roles],
  ['code-used-twice', 'provider-rejected', roles],
  ['wrong-client', 'provider-rejected', roles],
  ['no-access-token', 'provider-nonsense', roles],
  ['no-token-type', 'provider-nonsense', twoKinds],
  ['mac-token-type', 'provider-nonsense', twoKinds],
  ['reset', 'provider-unreachable', twoKinds],
  ['server-error', 'provider-unreachable', roles],
  ['redirect', 'provider-nonsense', twoKinds],
  ['html', 'provider-nonsense', twoKinds],
  ['huge', 'provider-nonsense', twoKinds],
  ['huge-gzip', 'provider-nonsense', twoKinds],
  ['bad-json', 'provider-nonsense', twoKinds],
  ['profile-server-error', 'provider-unreachable', ['github', 'facebook']],
  ['profile-html', 'provider-nonsense', ['github', 'facebook']],
  ['profile-bad-json', 'provider-nonsense', ['github', 'facebook']],
  ['profile-huge', 'provider-nonsense', ['github', 'facebook']],
  ['missing-id', 'provider-nonsense', ['github', 'facebook']],
  ['unsafe-id', 'provider-nonsense', ['github']],
  ['no-id-token', 'provider-nonsense', openId],
  ['unsigned-id-token', 'provider-mismatch', ['google']],
  ['unsigned-id-token', 'provider-nonsense', ['acme']],
  ['wrong-signature', 'provider-mismatch', openId],
  ['wrong-audience', 'provider-mismatch', openId],
  ['wrong-azp', 'provider-mismatch', openId],
  ['wrong-issuer', 'provider-mismatch', openId],
  ['expired-id-token', 'provider-mismatch', openId],
  ['wrong-nonce', 'provider-mismatch', openId],
  ['missing-nonce', 'provider-mismatch', ['google']],
  ['missing-nonce', 'provider-nonsense', ['acme']],
];
/** What waits for its time-out, here and after it. */
const waiting = ['hanging', 'drip', 'profile-hanging'] as const;

/** A whole round trip that fails, and what is true afterwards. */
async function failedTrip(role: RoleName, failure: string) {
  const [client, stranger] = [browser(), newStranger()];
  const way = await answerThere(await leaveFor(client, { role }), { ...stranger, failure });
  const answer = await client.get(way);
  const page = await client.get(answer.location ?? '');
  const again = await client.get(way);
  const later = await roundTrip(client, { role }, stranger);
  return { client, answer, page, again, later };
}

async function expectPage(role: RoleName, failure: string, why: string): Promise<void> {
  const { client, answer, page, again, later } = await failedTrip(role, failure);
  const actions = formsIn(page.html).map(({ action }) => action);

  expect(answer).toMatchObject({
    status: 303,
    location: `/auth/problem?why=${why}&provider=${role}`,
  });
  expect(page).toMatchObject({ status: 409, refusal: why });
  expect(actions).toEqual(expect.arrayContaining(roles.map((name) => `/auth/${name}`)));
  expect(page.html).toContain('href="/login"');
  expect(again).toMatchObject({ status: 400, refusal: 'no-handshake' });
  expect((await questionOf(client, later)).text).toContain('Create your account');
  expect(await isSignedIn(client)).toBe(false);
}

describe('G15, G19, G20, G24, F27: a provider that fails', () => {
  const cases = failures.flatMap(([failure, why, at]) =>
    at.map((role) => [role, failure, why] as const),
  );
  test.each(cases)(
    '%s, %s: one page of ours (%s), other ways in, the attempt spent, nothing made',
    expectPage,
  );

  test('that never ends its answer is waited for five seconds, and ten where it is asked again', async () => {
    const started = performance.now();
    const all = roles.flatMap((role) => waiting.map((failure) => [role, failure] as const));
    const trips = all.filter(
      ([role, failure]) => failure !== 'profile-hanging' || role !== 'google',
    );

    await Promise.all(
      trips.map(([role, failure]) => expectPage(role, failure, 'provider-unreachable')),
    );

    expect(performance.now() - started).toBeLessThan(25_000);
  });

  test('while somebody connects it leaves the account as it was, and says so there', async () => {
    const { client } = await registered(browser());

    for (const role of roles) {
      const failed = await linkTrip(client, role, { ...newStranger(), failure: 'server-error' });
      const page = await client.get(failed.location ?? '');

      expect(page.text).toContain('Your account and its other ways in work as before');
      expect(page.html).toContain(`href="${CONNECTIONS}"`);
      expect((await client.get(CONNECTIONS)).html).not.toContain('value="unlink"');
    }
  });

  test('never shows or prints what it sent', async () => {
    const { client } = await registered(browser());
    const failed = await linkTrip(client, 'facebook', {
      ...newStranger(),
      failure: 'wrong-client',
    });

    const page = await client.get(failed.location ?? '');

    expect(page.html + app().output()).not.toMatch(/says no|Missing client_id|OAuthException/);
  });

  test.each(openId)(
    '%s, and is away since before the start: a page of ours before one leaves',
    async (role) => {
      const local = await startLocalProvider();
      await local.close();
      const own = await appOfTest(pointedAt(local));
      const client = browserAt(own);

      const answer = await leave(client, { role });

      expect(answer.location).toBe(`/auth/problem?why=provider-unreachable&provider=${role}`);
      const page = await client.get(answer.location ?? '');
      expect(page).toMatchObject({ status: 409, refusal: 'provider-unreachable' });
      expect(own.output()).not.toContain('"route":"/auth/:provider","err"');
    },
  );
});

describe('the page of a problem', () => {
  test.each(['', '?why=x', '?why=__proto__', '?why=toString', '?provider=github'])(
    'is 404 for one that is none: %j',
    async (query) => {
      expect(await browser().get(`/auth/problem${query}`)).toMatchObject({ status: 404 });
    },
  );

  test('names no provider but ours', async () => {
    const forged = encodeURIComponent('<b>Call 555</b>');

    const page = await browser().get(`/auth/problem?why=denied&provider=${forged}`);

    expect(page.status).toBe(409);
    expect(page.text).not.toContain('Call');
  });
});
