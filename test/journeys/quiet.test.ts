import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import { newPerson, registered, registerFields, signIn } from '../support/people.ts';
import type { Answer, WebClient } from '../support/web-client.ts';
import { appOfTest, browserAt, theApp } from './the-app.ts';

const app = theApp({ LOG_LEVEL: 'trace' });
const browser = () => browserAt(app());

/** What the server counts of its own work; how long it took and what Node itself does are left out. */
async function counters(client: WebClient): Promise<ReadonlyMap<string, number>> {
  const { html } = await client.get('/metrics');
  const lines = html.split('\n').filter((line) => /^latchkey_.*(_count|_total)\b/.test(line));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
  );
}

/** Which counters moved, and by how much, while something was asked. */
async function moved(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const client = browser();
  const before = await counters(client);
  await work();
  const after = await counters(client);
  const steps = [...after].map(([name, count]) => [name, count - (before.get(name) ?? 0)] as const);
  return Object.fromEntries(steps.filter(([, step]) => step !== 0));
}

/** The log's line of a request, without what differs between any two. */
async function lineOf(answer: Answer): Promise<unknown> {
  const id = String(answer.headers['x-request-id']);
  const lines = () =>
    app()
      .output()
      .split('\n')
      .filter((line) => line.includes(id));
  await expect.poll(lines).toHaveLength(1);
  const {
    time: _time,
    requestId: _id,
    ms: _ms,
    ...rest
  } = line.parse(JSON.parse(lines()[0] ?? ''));
  return rest;
}

const line = z.looseObject({ time: z.string(), requestId: z.string(), ms: z.number() });

describe('H10 what the server says of itself', () => {
  const tries = async () => {
    const { person } = await registered(browser());
    const forms = await Promise.all(
      [
        { identifier: person.username, password: 'not the password' },
        { identifier: 'nobody.here', password: 'not the password' },
        { identifier: `nobody@example.org`, password: person.password },
      ].map(async (typed) => {
        const client = browser();
        return { client, fields: await client.fill('/login', typed) };
      }),
    );
    return forms.map(
      ({ client, fields }) =>
        () =>
          client.post('/login', fields),
    );
  };

  test('counts a wrong password and an unknown account alike', async () => {
    const [wrong = {}, ...others] = await inTurn((await tries()).map((send) => () => moved(send)));

    expect(Object.keys(wrong).some((name) => name.includes('route="/login"'))).toBe(true);
    for (const other of others) expect(other).toEqual(wrong);
  });

  test('writes the same line for both', async () => {
    const [wrong, ...others] = await inTurn(
      (await tries()).map((send) => async () => lineOf(await send())),
    );

    expect(wrong).toMatchObject({ route: '/login', status: 400 });
    for (const other of others) expect(other).toEqual(wrong);
  });

  test('takes no request id from outside, into an answer or into the log', async () => {
    const mine = 'mine-0123456789';
    const headers = {
      'x-request-id': mine,
      'x-correlation-id': mine,
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    };
    const { client } = await registered(browser());
    const fields = await client.fill('/settings', { name: 'Another Name' });

    const answer = await client.post('/settings', fields, headers);

    expect(answer.status).toBe(303);
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(await lineOf(answer)).toMatchObject({ route: '/settings', status: 303 });
    expect(app().output()).not.toContain(mine);
  });

  test('names routes, never what was asked for', async () => {
    await browser().get('/settings/history?text=alice@wonderland.example');
    await browser().get('/alice.wonderland/nowhere');
    const last = await browser().get('/recover/alice-wonderland-token');
    const { html } = await browser().get('/metrics');

    expect(await lineOf(last)).toMatchObject({ route: '/recover/:token' });
    expect(app().output() + html).not.toContain('wonderland');
  });
});

describe('H16 visitors without an account', () => {
  test('leave no row anywhere but counted limits', async () => {
    const own = await appOfTest({ RATE_LIMITS: 'on' });
    await registered(browserAt(own));
    // The vault notes the log's head within a second of the registration.
    await expect.poll(() => rowsOf(own.dataDir)['vault.log_head']).toBe(1);
    const before = rowsOf(own.dataDir);

    for (let visit = 0; visit < 10; visit += 1) {
      const visitor = browserAt(own);
      for (const path of ['/', '/login', '/register', '/settings', '/recover/x', '/nowhere']) {
        await visitor.get(path);
      }
      await signIn(visitor, { username: `nobody${visit}`, password: 'not the password' });
      await visitor.submit('/register', { ...registerFields(newPerson()), username: '!' });
      await visitor.post('/theme', await visitor.fill('/', { theme: 'dark' }, 'redirectTo'));
      const { csrf = '' } = await visitor.fill('/login', {}, 'identifier');
      await visitor.post('/logout', { csrf });
    }

    const { 'vault.limits': limitsBefore, ...others } = before;
    const { 'vault.limits': limitsAfter, ...othersAfter } = rowsOf(own.dataDir);
    expect(othersAfter).toEqual(others);
    expect(limitsAfter).toBeGreaterThan(limitsBefore ?? 0);
  });
});

describe('a cookie of one purpose', () => {
  test('is nothing under the name of another, and breaks no page', async () => {
    const own = await appOfTest();
    const client = browserAt(own);
    await client.post('/theme', await client.fill('/', { theme: 'dark' }, 'redirectTo'));
    await registered(client);
    const form = await client.fill('/settings', { email: 'another@example.org' });
    await client.submit('/settings', { name: 'Another Name' });
    await own.setClockAhead(6 * 60_000);
    await client.post('/settings', form);
    const names = ['sid', 'anon', 'known', 'flash', 'typed', 'theme'];
    expect([...client.jar.keys()].sort()).toEqual(names.toSorted());
    const values = [...client.jar.values()];

    for (const name of names) {
      for (const value of values.filter((own) => client.jar.get(name) !== own)) {
        const twin = browserAt(own);
        twin.jar.set(name, value);
        expect((await twin.get('/settings')).status).toBe(303);
        expect((await twin.get('/')).status).toBe(200);
        expect((await twin.get('/')).html).not.toContain('data-flash');
      }
    }
  });
});

/** How many rows every table of the log and the vault holds. */
function rowsOf(dataDir: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const file of ['log', 'vault']) {
    const db = new SqliteDb(join(dataDir, `${file}.db`), { readOnly: true });
    const tables = z.array(z.object({ name: z.string() }));
    for (const { name } of tables.parse(
      db.all("SELECT name FROM sqlite_master WHERE type = 'table'"),
    )) {
      const row = db.get(`SELECT count(*) AS count FROM "${name}"`);
      counts[`${file}.${name}`] = Number(row?.['count']);
    }
    db.raw.close();
  }
  return counts;
}

async function inTurn<T>(works: readonly (() => Promise<T>)[]): Promise<T[]> {
  const done: T[] = [];
  for (const work of works) done.push(await work());
  return done;
}
