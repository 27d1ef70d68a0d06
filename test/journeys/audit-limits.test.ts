import { describe, expect, test } from 'vitest';
import { auditorAt, auditTrail, somebodyAt } from '../support/audit-trails.ts';
import { serverCommands } from '../support/server-process.ts';
import { appOfTest, theApp } from './the-app.ts';
import { readiness, serverOfTest, until } from './the-server.ts';

describe('H12 an auditor in a hurry', () => {
  const app = theApp({ RATE_LIMITS: 'on' });

  test('searches thirty times an hour, and the next is told when, and not written down', async () => {
    const { client, accountId } = await auditorAt(app());
    const form = await client.fill('/audit', { by: 'username', value: 'nobody' }, 'value');

    for (let turn = 1; turn <= 30; turn += 1) {
      expect((await client.post('/audit', form)).status, `search ${turn}`).toBe(200);
    }
    const refused = await client.post('/audit', form);

    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.form('value').fields['value']).toBe('nobody');
    expect(await auditTrail(app(), accountId)).toHaveLength(30);
  });

  test('opens sixty pages of accounts in ten minutes, guessed ids among them', async () => {
    const { client } = await auditorAt(app());
    const ann = await somebodyAt(app());
    const path = `/audit/${ann.accountId}`;

    const all = await Promise.all(Array.from({ length: 65 }, () => client.get(path)));

    const answers = all.map(({ status }) => status);
    expect(answers.filter((status) => status === 200).length).toBeLessThanOrEqual(60);
    const refused = await client.get(path);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.text).toContain('Too many tries');
    expect(refused.html).not.toContain('register-sentence');
  });
});

describe.each(serverCommands)('H12 F24 while the log is away, %s:', (_name, command) => {
  test('no look can be written down, so nothing is shown, and it is again when the log is back', async () => {
    const server = await serverOfTest(command);
    const app = await appOfTest({ EVENTSTORE_URL: server.url });
    const environment = { EVENTSTORE_URL: server.url };
    const { client } = await auditorAt(app, environment);
    const ann = await somebodyAt(app, environment);
    await until(async () => (await readiness(app)).lookups === 'ok', { what: 'lookups' });
    const paths = [
      `/audit/${ann.accountId}`,
      '/audit/newest',
      `/audit/${ann.accountId}/export?format=csv`,
    ];
    for (const path of paths) expect((await client.get(path)).status, path).toBe(200);
    await until(
      async () => (await client.get('/audit/newest')).html.includes(`/audit/${ann.accountId}`),
      { what: 'the newest events are here' },
    );
    const form = await client.fill('/audit', { by: 'username', value: 'nobody' }, 'value');

    await server.end('SIGKILL');
    for (const path of [...paths, '/audit']) {
      const answer = await client.get(path);
      expect(answer.status, path).toBe(503);
      expect(answer.html, path).not.toMatch(/register-sentence|UserRegistered/);
    }
    const sent = await client.post('/audit', form);
    expect(sent.status).toBe(503);

    await server.start();
    await until(async () => (await readiness(app)).status === 200, {
      what: 'ready by itself',
      withinMs: 30_000,
    });
    await until(
      async () => (await client.get(`/audit/${ann.accountId}`)).text.includes('Account opened'),
      { what: 'the account is shown again' },
    );
  });
});
