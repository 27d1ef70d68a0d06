import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  accountIdOf,
  auditorAt,
  auditTrail,
  somebodyAt,
  takeRole,
} from '../support/audit-trails.ts';
import { historyOf, newPerson, signIn, type Person } from '../support/people.ts';
import type { Answer, WebClient } from '../support/web-client.ts';
import { browserAt, theApp } from './the-app.ts';

const app = theApp({ GITHUB_CLIENT_ID: 'id', GITHUB_CLIENT_SECRET: 'secret' });

const search = (client: WebClient, by: string, value: string): Promise<Answer> =>
  client.submit('/audit', { by, value }, 'value');

/** What a page must never show of somebody. */
const tells = ({ html }: Pick<Answer, 'html'>, person: Person) =>
  [person.email, person.username, person.name].filter((personal) => html.includes(personal));

const addresses = (accountId: string) => [
  '/audit',
  '/audit/newest',
  `/audit/${accountId}`,
  `/audit/${accountId}/export?format=csv`,
  `/audit/${accountId}/export?format=json`,
];

describe('H12 an auditor', () => {
  test('finds one account by the whole of what it is known by, and its owner reads that', async () => {
    const { client } = await auditorAt(app());
    const ann = await somebodyAt(app());
    const { accountId } = ann;

    for (const [by, value] of [
      ['email', ` ${ann.person.email.toUpperCase()} `],
      ['username', ann.person.username],
      ['account', accountId],
    ] as const) {
      const found = await search(client, by, value);
      expect(found).toMatchObject({ status: 303, location: `/audit/${accountId}` });
    }
    const page = await client.get(`/audit/${accountId}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Account opened with a password');
    expect(page.text).toContain(accountId);
    expect(tells(page, ann.person)).toEqual([]);

    const found = { type: 'AccountViewed', how: 'search' };
    const read = { type: 'AccountViewed', how: 'history' };
    expect(await auditTrail(app(), accountId)).toMatchObject([found, found, found, read]);
    const looks = (await historyOf(ann.client)).filter((line) => /auditor/i.test(line));
    expect(looks).toHaveLength(4);
  });

  test('is told alike of what nobody has, and what was typed stands nowhere but in the form', async () => {
    const { client, accountId } = await auditorAt(app());
    const typed = newPerson();

    const missed = await search(client, 'email', typed.email);
    const stranger = await search(client, 'identity:github', '4711');
    const nobody = await search(client, 'account', randomUUID());

    for (const answer of [missed, stranger, nobody]) {
      expect(answer.status).toBe(200);
      expect(answer.text).toContain('No account has exactly that now.');
    }
    expect(missed.form('value').fields['value']).toBe(typed.email);
    const trail = await auditTrail(app(), accountId);
    expect(trail).toMatchObject(
      ['email', 'identity', 'account'].map((kind) => ({ type: 'AuditSearched', kind })),
    );
    expect(JSON.stringify(trail)).not.toContain(typed.email);
    expect(app().output()).not.toContain(typed.email);
  });

  test('searches by POST alone: an address that says the same asks for nothing', async () => {
    const { client, accountId } = await auditorAt(app());
    const { person } = await somebodyAt(app());

    const page = await client.get(`/audit?by=username&value=${person.username}`);

    expect(page.status).toBe(200);
    expect(page.form('value').fields['value']).toBe('');
    expect(page.html).not.toContain(person.name);
    expect(await auditTrail(app(), accountId)).toEqual([]);
  });

  test('who types half of it is told what is missing, and nothing is looked for', async () => {
    const { client, accountId } = await auditorAt(app());

    const wrong = [
      await search(client, 'email', ' '),
      await search(client, 'account', 'not an id'),
      await search(client, 'identity:nowhere', '42'),
      await search(client, 'name', 'Ada'),
      await search(client, 'username', 'x'.repeat(300)),
    ];

    expect(wrong.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400]);
    expect(wrong[1]?.messages['value']).toContain('whole account id');
    expect(await auditTrail(app(), accountId)).toEqual([]);
  });

  test('guesses no ids: what is no account is not there, and the guess is written down', async () => {
    const { client, accountId } = await auditorAt(app());
    const guess = randomUUID();

    expect((await client.get(`/audit/${guess}`)).status).toBe(404);
    expect((await client.get(`/audit/${guess}/export?format=csv`)).status).toBe(404);
    for (const odd of ['x', guess.toUpperCase(), `${guess}x`, guess.replaceAll('-', '')]) {
      expect((await client.get(`/audit/${odd}`)).status, odd).toBe(404);
    }

    const guessed = { type: 'AuditSearched', kind: 'account', key: guess };
    expect(await auditTrail(app(), accountId)).toEqual([guessed, guessed]);
  });

  test('is led to no look from elsewhere: a link on another site opens nothing', async () => {
    const { client } = await auditorAt(app());
    const ann = await somebodyAt(app());
    const [, newest = '', ...ofAnn] = addresses(ann.accountId);

    for (const site of ['cross-site', 'same-site', 'nonsense']) {
      for (const path of [newest, ...ofAnn, `/audit/${ann.accountId}.data`]) {
        const answer = await client.ask(path, { headers: { 'sec-fetch-site': site } });
        expect(answer.status, `${site} ${path}`).toBe(403);
      }
    }
    expect(await auditTrail(app(), ann.accountId)).toEqual([]);

    for (const site of ['none', 'same-origin']) {
      const headers = { 'sec-fetch-site': site };
      expect((await client.ask(`/audit/${ann.accountId}`, { headers })).status, site).toBe(200);
    }
    expect(await auditTrail(app(), ann.accountId)).toHaveLength(2);
  });

  test('looks by HEAD and by the data address like by any other, and it is written down', async () => {
    const { client } = await auditorAt(app());
    const ann = await somebodyAt(app());

    expect((await client.ask(`/audit/${ann.accountId}`, { method: 'HEAD' })).status).toBe(200);
    const data = await client.get(`/audit/${ann.accountId}.data`);

    expect(data.status).toBe(200);
    expect(tells(data, ann.person)).toEqual([]);
    expect(await auditTrail(app(), ann.accountId)).toHaveLength(2);
  });

  test('proves that it is them before a search; what was typed waits, and runs nothing (H6)', async () => {
    const { client, person, accountId } = await auditorAt(app());
    onTestFinished(() => app().setClockAhead(0));
    await app().setClockAhead(6 * 60_000);

    const sent = await search(client, 'username', person.username);
    expect(sent).toMatchObject({ status: 303, location: '/reauth?redirectTo=%2Faudit' });
    expect(await auditTrail(app(), accountId)).toEqual([]);

    const proof = await client.get('/reauth?redirectTo=%2Faudit');
    expect(proof.text).toContain('Before you search for an account');
    const { fields } = proof.form('currentPassword');
    const typed = { ...fields, currentPassword: person.password };
    expect(await client.post('/reauth', typed)).toMatchObject({ status: 303, location: '/audit' });
    const again = await client.get('/audit');
    expect(again.form('value').fields['value']).toBe(person.username);
    expect(await auditTrail(app(), accountId)).toEqual([]);
    const form = { ...again.form('value').fields, by: 'username' };
    expect((await client.post('/audit', form)).status).toBe(303);
  });

  test('reads what is narrowed by kind, by whom and by day, fifty a page', async () => {
    const { client } = await auditorAt(app());
    const ann = await somebodyAt(app());
    for (let turn = 1; turn <= 55; turn += 1) {
      await ann.client.submit('/settings', { name: `Name ${turn}` }, 'email');
    }
    const path = `/audit/${ann.accountId}`;
    const lines = ({ html }: Answer) => html.match(/<li id="entry-/g)?.length ?? 0;

    const first = await client.get(path);
    expect(lines(first)).toBe(50);
    expect(first.text).toContain('Name changed to something sealed');
    expect(first.text).not.toContain('Name 55');
    const older = /rel="next" href="([^"]+)"/.exec(first.html)?.[1] ?? '';
    const second = await client.get(older.replaceAll('&amp;', '&'));
    expect(lines(second)).toBe(6);
    expect(second.text).toContain('Account opened with a password');
    expect(lines(await client.get(`${path}?kind=account`))).toBe(1);
    expect(lines(await client.get(`${path}?kind=profile&actor=self`))).toBe(50);
    const none = await client.get(`${path}?actor=operator`);
    expect(none.text).toContain('Nothing matches');
    expect((await client.get(`${path}?from=2999-01-01`)).text).toContain('Nothing matches');
  });

  test.each([
    ['kind=a', 'There is no such kind of event.'],
    ['actor=mallory', 'There is nobody like that.'],
    ['from=yesterday', 'Type a day'],
    ['from=2026-02-01&to=2026-01-01', 'The last day stands before the first.'],
    ['kind=roles&kind=profile', 'That was not understood'],
    ['before=-1', 'That was not understood'],
    ['before=1&before=2', 'That was not understood'],
  ])('is told what is wrong with an address that says ?%s', async (query, words) => {
    const { client } = await auditorAt(app());
    const ann = await somebodyAt(app());

    for (const path of [`/audit/${ann.accountId}`, '/audit/newest']) {
      const answer = await client.get(`${path}?${query}`);
      expect(answer.status, path).toBe(400);
      expect(answer.text, path).toContain(words);
      expect(answer.text).not.toContain('mallory');
    }
  });

  test('takes a copy of what is seen, without anything sealed, and its owner reads that', async () => {
    const { client } = await auditorAt(app());
    const ann = await somebodyAt(app());
    await ann.client.submit('/settings', { name: '=2+5' }, 'email');
    const path = `/audit/${ann.accountId}/export`;

    const csv = await client.get(`${path}?format=csv`);
    const json = await client.get(`${path}?format=json&kind=profile`);

    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.headers['content-disposition']).toContain('attachment');
    const rows = csv.html.trim().split('\r\n');
    expect(rows).toHaveLength(3);
    expect(rows[2]).toContain('"self","UserRegistered"');
    const document = JSON.parse(json.html) as { events: object[] };
    expect(document).toMatchObject({
      schema: 'latchkey-audit',
      accountId: ann.accountId,
      filter: { kind: 'profile' },
      events: [{ revision: 1, event: 'ProfileChanged', by: 'self' }],
    });
    for (const answer of [csv, json]) {
      expect(tells(answer, ann.person)).toEqual([]);
      expect(answer.html).not.toMatch(/sealed|emailKey|attemptId|2\+5/);
    }
    expect((await client.get(`${path}?format=xml`)).status).toBe(400);
    const trail = await auditTrail(app(), ann.accountId);
    expect(trail[0]).toMatchObject({ type: 'AccountViewed', how: 'export' });
  });

  test('watches what happens to all accounts, newest first, and it stands in their own stream', async () => {
    const { client, accountId } = await auditorAt(app());
    const ann = await somebodyAt(app());

    const page = await client.get('/audit/newest');

    expect(page.status).toBe(200);
    expect(page.html.indexOf(`/audit/${ann.accountId}`)).toBeGreaterThan(0);
    expect(page.html.indexOf(`/audit/${ann.accountId}`)).toBeLessThan(
      page.html.indexOf(`/audit/${accountId}`),
    );
    expect(tells(page, ann.person)).toEqual([]);
    expect(await auditTrail(app(), accountId)).toEqual([{ type: 'NewestEventsViewed' }]);
    expect(await auditTrail(app(), ann.accountId)).toEqual([]);
  });
});

describe('H12 for anybody else there is nothing there:', () => {
  const nothing = async (client: WebClient, accountId: string) => {
    for (const path of addresses(accountId)) {
      const answer = await client.get(path);
      expect(answer.status, path).toBe(404);
      const isFile = path.includes('export');
      expect(answer.text, path).toContain(isFile ? '' : 'Nothing is at this address');
    }
    for (const path of ['/audit.data', '/audit/newest.data', `/audit/${accountId}.data`]) {
      const answer = await client.get(path);
      expect(answer.html, path).not.toContain('UserRegistered');
    }
    const { csrf = '' } = await client.fill('/', {}, 'csrf');
    const sent = await client.post('/audit', { csrf, by: 'account', value: accountId });
    expect(sent.status).toBe(404);
    expect(await auditTrail(app(), accountId)).toEqual([]);
  };

  test('somebody without the role, their own account too, and no link leads there', async () => {
    const ann = await somebodyAt(app());
    const { accountId } = await somebodyAt(app());

    await nothing(ann.client, accountId);
    await nothing(ann.client, ann.accountId);
    expect((await ann.client.get('/')).html).not.toContain('href="/audit"');
    const { client } = await auditorAt(app());
    expect((await client.get('/')).html).toContain('href="/audit"');
  });

  test('an auditor from the moment the role is taken back', async () => {
    const { client, person } = await auditorAt(app());
    const { accountId } = await somebodyAt(app());
    expect((await client.get('/audit')).status).toBe(200);

    await takeRole(app(), person);

    await nothing(client, accountId);
    expect((await client.get('/')).html).not.toContain('href="/audit"');
  });

  test('a stranger is led to the sign-in and back, and nothing is written down', async () => {
    const { accountId } = await somebodyAt(app());
    const client = browserAt(app());

    for (const path of addresses(accountId)) {
      const answer = await client.get(path);
      const back = encodeURIComponent(path);
      expect(answer, path).toMatchObject({ status: 303, location: `/login?redirectTo=${back}` });
    }
    expect(await auditTrail(app(), accountId)).toEqual([]);
  });

  test('an auditor whose session has ended', async () => {
    const { client, person } = await auditorAt(app());
    const { accountId } = await somebodyAt(app());
    const other = browserAt(app());
    await signIn(other, person);
    const { csrf = '' } = await other.fill('/settings/sessions', {}, 'intent');
    await other.post('/settings/sessions', { csrf, intent: 'end-others' });

    const answer = await client.get(`/audit/${accountId}`);

    expect(answer.status).toBe(303);
    expect(await auditTrail(app(), accountId)).toEqual([]);
    expect(await accountIdOf(app(), person)).toBeTruthy();
  });
});
