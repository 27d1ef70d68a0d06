import { describe, expect, test } from 'vitest';
import { isSignedIn, newPerson, register, registered, signIn } from '../support/people.ts';
import {
  answerThere,
  CONNECTIONS,
  leaveFor,
  newStranger,
  registeredBy,
  roundTrip,
  tokenRequests,
  type Start,
} from '../support/provider-trips.ts';
import type { Answer, WebClient } from '../support/web-client.ts';
import { theProviders } from './the-providers.ts';

const { app, local, browser } = theProviders();
const github = { role: 'github' } as const;

/** What a way back is answered with that nobody here is waiting for: a page, and nothing else. */
const expectNoWayBack = (answer: Answer) =>
  expect(answer).toMatchObject({ status: 400, refusal: 'no-handshake', location: undefined });

/** The path of the way back of somebody who left and said who they are. */
async function wayBack(client: WebClient, form: object = newStranger(), start: Start = github) {
  return answerThere(await leaveFor(client, start), form);
}

/** Runs something and answers how many codes were redeemed meanwhile. */
async function redeemed(work: () => Promise<unknown>): Promise<number> {
  const before = tokenRequests(local()).length;
  await work();
  return tokenRequests(local()).length - before;
}

const logOut = async (client: WebClient) =>
  client.post('/logout', await client.fill('/', {}, 'csrf'));

describe.each(['github', 'google', 'facebook', 'acme'] as const)('%s', (role) => {
  test('opens an account after one yes, and the same account ever after', async () => {
    const { client, stranger } = await registeredBy(browser(), role);
    expect((await client.get('/')).text).toContain(stranger.name);
    const other = browser();

    const answer = await roundTrip(other, { role }, stranger);

    expect(answer).toMatchObject({ status: 303, location: '/' });
    expect((await other.get('/')).text).toContain(stranger.name);
  });

  test('G5: is asked with S256 and one-time state; nothing of it is in a cookie', async () => {
    const client = browser();
    const url = await leaveFor(client, { role });
    const again = await leaveFor(client, { role });

    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
    expect(url.searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/);
    for (const name of ['state', 'code_challenge']) {
      expect(again.searchParams.get(name)).not.toBe(url.searchParams.get(name));
      expect(client.cookie).not.toContain(url.searchParams.get(name));
    }
  });
});

describe('a way back', () => {
  test('G1, L7: of one provider is none at another: 400, and no code is redeemed', async () => {
    const client = browser();
    const path = await wayBack(client);

    const count = await redeemed(async () => {
      for (const other of ['google', 'facebook', 'acme']) {
        expectNoWayBack(await client.get(path.replace('/github/', `/${other}/`)));
      }
    });

    expect(count).toBe(0);
    expect(await client.get(path)).toMatchObject({ status: 303 });
  });

  test('G2: taken twice redeems one code; the second time it is none', async () => {
    const client = browser();
    const path = await wayBack(client);

    const count = await redeemed(async () => {
      expect(await client.get(path)).toMatchObject({ status: 303 });
      expectNoWayBack(await client.get(path));
    });

    expect(count).toBe(1);
  });

  test('G2: taken twenty times at once redeems one code and leads one of them on', async () => {
    const client = browser();
    const path = await wayBack(client);
    let answers: readonly Answer[] = [];

    const count = await redeemed(async () => {
      answers = await Promise.all(Array.from({ length: 20 }, () => client.get(path)));
    });

    expect(count).toBe(1);
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(19);
  });

  test('L1, L4: of another browser is none in this one, whoever is signed in here', async () => {
    const attacker = browser();
    const path = await wayBack(attacker);
    const { client: victim } = await registered(browser());
    const authorize = await leaveFor(attacker, github);
    const lured = await answerThere(authorize, newStranger());

    const count = await redeemed(async () => {
      for (const client of [browser(), victim]) {
        expectNoWayBack(await client.get(path));
        expectNoWayBack(await client.get(lured));
      }
    });

    expect(count).toBe(0);
    expect(await isSignedIn(victim)).toBe(true);
  });

  test('G12, L5: is none where somebody else signed in meanwhile, or signed out', async () => {
    const { client, person } = await registered(browser());
    const ofA = await wayBack(client, newStranger(), { ...github, page: CONNECTIONS });
    const other = await registered(browser());
    await logOut(client);

    const count = await redeemed(async () => {
      expectNoWayBack(await client.get(ofA));
      await signIn(client, other.person);
      expectNoWayBack(await client.get(ofA));
      await logOut(client);
      await signIn(client, person);
      expectNoWayBack(await client.get(ofA));
    });

    expect(count).toBe(0);
  });

  test('G12: begun by nobody is none once somebody has signed in or registered', async () => {
    const client = browser();
    const path = await wayBack(client);
    await register(client, newPerson());

    expect(await redeemed(async () => expectNoWayBack(await client.get(path)))).toBe(0);
    expect((await client.get(CONNECTIONS)).text).not.toContain('Disconnect GitHub');
  });

  test('L6: with the code of somebody else’s round trip is refused by the verifier', async () => {
    const [attacker, victim] = [browser(), browser()];
    const stolen = new URL(await wayBack(victim), victim.origin).searchParams.get('code');
    const own = new URL(await wayBack(attacker), attacker.origin);
    own.searchParams.set('code', stolen ?? '');

    const answer = await attacker.get(own.pathname + own.search);

    expect(answer.location).toBe('/auth/problem?why=provider-rejected&provider=github');
    expect(await isSignedIn(attacker)).toBe(false);
  });

  test('G8: with any other state is none, and its own stays good', async () => {
    const client = browser();
    const path = await wayBack(client);
    const state = new URL(path, client.origin).searchParams.get('state') ?? '';

    for (const other of ['', `${state}x`, state.slice(1), 'a'.repeat(43), state.toUpperCase()]) {
      expectNoWayBack(await client.get(path.replace(state, other)));
    }
    expect(await client.get(path)).toMatchObject({ status: 303 });
  });

  test('is good for ten minutes', async () => {
    const client = browser();
    const [early, late] = [await wayBack(client), await wayBack(client)];
    const minutes = (count: number) => app().setClockAhead(count * 60_000);

    await minutes(9);
    const inTime = await client.get(early);
    await minutes(10);
    const tooLate = await client.get(late);
    await minutes(0);

    expect(inTime).toMatchObject({ status: 303 });
    expectNoWayBack(tooLate);
  });
});

describe('the parameters of a way back', () => {
  test.each(['state', 'code', 'iss', 'error'])(
    'G7: a second %s is refused before a code is redeemed, and the attempt is spent',
    async (name) => {
      const client = browser();
      const path = await wayBack(client);
      const { searchParams } = new URL(path, client.origin);
      const twice = `${path}&${name}=${searchParams.get(name) ?? 'x'}&${name}=x`;

      const count = await redeemed(async () => {
        expectNoWayBack(await client.get(twice));
        if (name !== 'state') expectNoWayBack(await client.get(path));
      });

      expect(count).toBe(0);
    },
  );

  test.each([
    ['wrong-iss', 'github', '/auth/problem?why=provider-mismatch&provider=github'],
    ['wrong-iss', 'google', '/auth/problem?why=provider-mismatch&provider=google'],
    ['wrong-iss', 'facebook', '/auth/problem?why=provider-mismatch&provider=facebook'],
    ['wrong-iss', 'acme', '/auth/problem?why=provider-mismatch&provider=acme'],
    ['missing-iss', 'acme', '/auth/problem?why=provider-mismatch&provider=acme'],
    ['duplicate-iss', 'acme', undefined],
    ['duplicate-iss', 'github', undefined],
  ] as const)('G6: %s at %s redeems nothing', async (failure, role, location) => {
    const client = browser();
    const there = { ...newStranger(), failure };
    const path = await answerThere(await leaveFor(client, { role }), there);

    const count = await redeemed(async () => {
      expect((await client.get(path)).location).toBe(location);
      expectNoWayBack(await client.get(path));
    });

    expect(count).toBe(0);
    expect(await isSignedIn(client)).toBe(false);
  });

  const forged = '<img src=x onerror=alert(1)>';
  const asked = `error=access_denied&error_description=${encodeURIComponent(`Call 555 ${forged}`)}`;
  test.each(['', '?', `?${asked}`, `?${asked}&state=`, `?${asked}&state=${'a'.repeat(43)}`])(
    'G8, G9: made up (%#) lead to one fixed page: nothing of them is shown, nobody is sent anywhere',
    async (query) => {
      const client = browser();
      const count = await redeemed(async () => {
        const answer = await client.get(`/auth/github/callback${query}`);

        expectNoWayBack(answer);
        expect(answer.text).toContain('This way back is no longer good');
        expect(answer.html).not.toMatch(/onerror|555|access_denied/);
        expect(answer.headers['referrer-policy']).toBe('no-referrer');
      });
      expect(count).toBe(0);
    },
  );

  test.each(['state', 'code', 'iss'])('are bounded: a long %s is refused', async (name) => {
    const client = browser();
    const url = new URL(await wayBack(client), client.origin);
    url.searchParams.set(name, 'a'.repeat(3_000));

    expect(await redeemed(() => client.get(url.pathname + url.search))).toBe(0);
    expect(await isSignedIn(client)).toBe(false);
  });

  test('G8: an error with a good state is the provider’s no, in our words', async () => {
    const client = browser();
    const path = await wayBack(client, { ...newStranger(), failure: 'denied' });

    const answer = await client.get(path);

    expect(answer.location).toBe('/auth/problem?why=denied&provider=github');
    const page = await client.get(answer.location ?? '');
    expect(page.html).not.toMatch(/access_denied|local.{0,5}provider says no/);
    expectNoWayBack(await client.get(path));
  });
});
