import { describe, expect, test } from 'vitest';
import { startLocalProvider } from '../../dev/local-provider/start-local-provider.ts';
import { freePort } from '../support/free-port.ts';
import { isSignedIn } from '../support/people.ts';
import { pointedAt } from '../support/pointed-at.ts';
import { newStranger, registeredBy, roundTrip } from '../support/provider-trips.ts';
import { startApp } from '../support/running-app.ts';
import { appOfTest, browserAt } from './the-app.ts';
import { theProviders } from './the-providers.ts';
import { sharedDirectory } from './the-server.ts';

const { browser } = theProviders();
const opensNothing = async (
  role: 'github' | 'google' | 'facebook' | 'acme',
  stranger: object,
  client = browser(),
) => {
  const answer = await roundTrip(client, { role }, stranger);
  expect(answer.location).toMatch(/^\/auth\/confirm\?/);
  expect(await isSignedIn(client)).toBe(false);
};

describe('H1: an identity is issuer and subject, byte for byte', () => {
  test('the same subject at another provider opens nothing', async () => {
    const { stranger } = await registeredBy(browser(), 'github');

    for (const role of ['google', 'facebook', 'acme'] as const) await opensNothing(role, stranger);
  });

  test.each([
    ['AbC', 'abc'],
    ['abc', 'abc '],
    ['ｓub', 'sub'],
    ['é', 'e\u0301'],
    ['0815', '815'],
  ])('%j and %j are two people', async (one, other) => {
    const mark = newStranger().subject;
    await registeredBy(browser(), 'acme', newStranger({ subject: mark + one }));

    await opensNothing('acme', newStranger({ subject: mark + other }));
  });

  test('an issuer elsewhere under the same name opens nothing of the old one’s, and the old one still does', async () => {
    const [old, elsewhere] = [await startLocalProvider(), await startLocalProvider()];
    const place = { dataDir: sharedDirectory(), port: await freePort() };
    const before = await startApp(pointedAt(old), place);
    const github = await registeredBy(browserAt(before), 'github');
    const acme = await registeredBy(browserAt(before), 'acme');
    await before.stop();

    const moved = await startApp(pointedAt(elsewhere), place);
    await opensNothing('github', github.stranger, browserAt(moved));
    await opensNothing('acme', acme.stranger, browserAt(moved));
    await moved.stop();
    const again = await appOfTest(pointedAt(old), place);

    const back = await roundTrip(browserAt(again), { role: 'github' }, github.stranger);
    expect(back).toMatchObject({ status: 303, location: '/' });
    await Promise.all([old.close(), elsewhere.close()]);
  });
});

describe('G18: a profile', () => {
  test('whose id is text where it was a number is the same person', async () => {
    const { stranger } = await registeredBy(browser(), 'github');

    const answer = await roundTrip(
      browser(),
      { role: 'github' },
      { ...stranger, failure: 'id-as-text' },
    );

    expect(answer).toMatchObject({ status: 303, location: '/' });
  });

  test.each([
    ['github', 'changed-handle'],
    ['github', 'changed-email'],
    ['github', 'no-emails-page'],
    ['facebook', 'no-picture'],
    ['google', 'huge-name'],
    ['acme', 'no-email'],
  ] as const)('%s, %s: opens the same account', async (role, failure) => {
    const { stranger } = await registeredBy(browser(), role);

    const answer = await roundTrip(browser(), { role }, { ...stranger, failure });

    expect(answer).toMatchObject({ status: 303, location: '/' });
  });

  test('O10, CVE-2023-3128: that claims somebody else’s e-mail or handle opens nothing of theirs', async () => {
    const { stranger } = await registeredBy(browser(), 'github');
    const { subject } = newStranger();

    await opensNothing('github', { ...stranger, subject });
  });
});
