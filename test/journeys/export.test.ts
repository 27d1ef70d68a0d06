import { describe, expect, test } from 'vitest';
import { exportDocument } from '../../commands/export-document.ts';
import { verifyExport } from '../../commands/verify-export.ts';
import { runLatchkey } from '../support/run-latchkey.ts';
import { registered } from '../support/people.ts';
import type { Fields, WebClient } from '../support/web-client.ts';
import { appOfTest, browserAt } from './the-app.ts';

const page = '/settings/your-data';
const toReauth = { status: 303, location: `/reauth?redirectTo=${encodeURIComponent(page)}` };
/** Presses a button of the page, whose forms lead to the file. */
const sendForm = async (client: WebClient, typed: Fields) =>
  client.post('/settings/export', await client.fill(page, typed, 'format'));

const SIX_MINUTES = 6 * 60_000;

describe('an export', () => {
  test('is given to somebody who just proved themselves, whole, signed, and to be kept by nobody else', async () => {
    const app = await appOfTest();
    const { client, person } = await registered(browserAt(app));

    const answer = await sendForm(client, { format: 'json' });

    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename="latchkey-export-\d{4}-\d\d-\d\d\.json"$/,
    );
    const { account, sessions } = exportDocument.parse(JSON.parse(answer.html));
    expect(account.profile).toEqual({
      email: person.email,
      username: person.username,
      name: person.name,
    });
    expect(sessions).toHaveLength(1);
    const key = await runLatchkey(['signing-key'], { DATA_DIR: app.dataDir });
    expect(verifyExport(answer.html, key)).toMatchObject({
      events: 1,
      signature: 'trusted',
      problem: undefined,
    });
    expect((await client.get('/settings/export')).html).toContain('"latchkey-export"');
    const csv = await client.get('/settings/export?format=csv');
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.html.split('\r\n')[1]).toContain('"UserRegistered"');
  });

  test('asks who it is first, and the proof sends nothing by itself: the forms are shown again (H6)', async () => {
    const app = await appOfTest();
    const { client, person } = await registered(browserAt(app));
    await app.setClockAhead(SIX_MINUTES);

    expect(await client.get('/settings/export')).toMatchObject(toReauth);
    expect(await client.get('/settings/export?format=csv')).toMatchObject(toReauth);
    expect(await sendForm(client, { format: 'json' })).toMatchObject(toReauth);

    const proved = await client.submit(toReauth.location, { currentPassword: person.password });
    expect(proved).toMatchObject({ status: 303, location: page });
    const shown = await client.get(page);
    expect(shown.headers['content-type']).toMatch(/text\/html/);
    expect(shown.headers['content-disposition']).toBeUndefined();
    expect(shown.text).toContain('Download everything');
    expect(await sendForm(client, { format: 'csv' })).toMatchObject({ status: 200 });
  });

  test('is given to nobody who is not signed in, nor for a form of another page', async () => {
    const app = await appOfTest();
    const stranger = browserAt(app);
    expect(await stranger.get('/settings/export')).toMatchObject({
      status: 303,
      location: `/login?redirectTo=${encodeURIComponent(page)}`,
    });
    const { client } = await registered(browserAt(app));
    expect(await client.post('/settings/export', { format: 'json' })).toMatchObject({
      status: 403,
    });
    expect(await sendForm(client, { format: 'xml' })).toMatchObject({ status: 400 });
  });
});
