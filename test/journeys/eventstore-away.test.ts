import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FaultProxy } from '../support/fault-proxy.ts';
import {
  factsOf,
  newPerson,
  registered,
  registerFields,
  signIn,
  type Person,
} from '../support/people.ts';
import { spawnApp, type RunningApp } from '../support/running-app.ts';
import { serverCommands, type ServerProcess } from '../support/server-process.ts';
import type { Answer, WebClient } from '../support/web-client.ts';
import { appOfTest, browserAt } from './the-app.ts';
import { isWhole, readiness, serverOfTest, sharedDirectory, timed, until } from './the-server.ts';

const asOf =
  /Nothing can be saved at the moment\. What you see is your account as of \d+ \w+ \d{4}, \d\d:\d\d:\d\d UTC\./;
const pages = ['/', '/settings', '/settings/history', '/settings/sessions', '/settings/password'];

/** The bar is 3 s and holds on an idle machine; a busy one is slow, not wrong. */
const inTimeMs = 9_000;

/** Somebody in whose account there is something to read, once this machine's copy holds it. */
async function somebody(app: RunningApp): Promise<{ client: WebClient; person: Person }> {
  const known = await registered(browserAt(app));
  await known.client.submit('/settings', { name: 'Ada Lovelace' });
  await until(async () => (await readiness(app)).lookups === 'ok', { what: 'lookups' });
  await sleep(1_200); // the copy is looked at every second
  return known;
}

/** Every page of somebody signed in goes on from the copy, and says so. */
async function readsOn(client: WebClient): Promise<void> {
  for (const page of pages) {
    const { answer, took } = await timed(() => client.get(page));
    expect(answer.status, page).toBe(200);
    expect(answer.text, page).toMatch(asOf);
    expect(took, page).toBeLessThan(inTimeMs);
  }
  expect(await factsOf(client)).toEqual([
    'Account opened with a password',
    'Name changed to Ada Lovelace',
  ]);
}

function isTryAgain({ answer, took }: { answer: Answer; took: number }, what: string): void {
  expect(answer.status, what).toBe(503);
  expect(Number(answer.headers['retry-after']), what).toBeGreaterThan(0);
  expect(took, what).toBeLessThan(inTimeMs);
}

/** Every write is refused in time, and its form keeps what was typed. */
async function refusesWrites({ client, person }: { client: WebClient; person: Person }) {
  const profile = await client.fill('/settings', { name: 'Typed While Away', username: 'typed' });
  const saved = await timed(() => client.post('/settings', profile));
  isTryAgain(saved, 'profile');
  expect(saved.answer.form('name').fields).toMatchObject({
    name: 'Typed While Away',
    username: 'typed',
  });
  expect(saved.answer.text).toContain('what you typed is still here');

  const stranger = browserAt(client);
  const typed = { identifier: person.username, password: person.password };
  const login = await stranger.fill('/login', typed);
  const entered = await timed(() => stranger.post('/login', login));
  isTryAgain(entered, 'sign-in');
  expect(entered.answer.form('identifier').fields['identifier']).toBe(person.username);

  const newcomer = newPerson();
  const form = await stranger.fill('/register', registerFields(newcomer));
  const sent = await timed(() => stranger.post('/register', form));
  isTryAgain(sent, 'register');
  expect(sent.answer.form('email').fields).toMatchObject({
    email: newcomer.email,
    once: form['once'],
  });
  return { newcomer, stranger, again: sent.answer.form('email').fields };
}

describe.each(serverCommands)('an app whose log is away, %s:', (_name, command) => {
  test('F23 starts without the log’s server, says so, is not ready, and is when it comes', async () => {
    const server = await serverOfTest(command);
    await server.end();
    const app = await spawnApp({ EVENTSTORE_URL: server.url });
    onTestFinished(() => app.stop());
    await until(
      async () => (await fetch(`${app.origin}/healthz`).catch(() => undefined))?.ok ?? false,
      {
        what: 'the process serves',
      },
    );

    expect(await readiness(app)).toMatchObject({ status: 503, log: 'unavailable' });
    const visitor = browserAt(app);
    const landing = await visitor.get('/');
    expect(landing.status).toBe(200);
    expect(landing.text).toContain('Nothing can be saved at the moment');
    const person = newPerson();
    const form = await visitor.fill('/register', registerFields(person));
    isTryAgain(await timed(() => visitor.post('/register', form)), 'register');

    await server.start();
    await until(() => isWhole(app), { what: 'whole by itself', withinMs: 30_000 });
    expect(await visitor.post('/register', form)).toMatchObject({ status: 303 });
    expect((await visitor.get('/')).text).not.toContain('Nothing can be saved');
    expect(app.process.exitCode).toBeNull();
  });

  test('F23 ends with a clear word when the log that came is another vault’s', async () => {
    const server = await serverOfTest(command);
    const owner = await appOfTest({ EVENTSTORE_URL: server.url });
    await owner.kill();
    await server.end();
    const app = await spawnApp({ EVENTSTORE_URL: server.url });
    onTestFinished(() => app.stop());
    await until(
      async () => (await fetch(`${app.origin}/healthz`).catch(() => undefined))?.ok ?? false,
      {
        what: 'the process serves',
      },
    );
    const gone = once(app.process, 'exit');
    await server.start();
    expect(await gone).toEqual([1, null]);
    expect(app.output()).toContain('this vault belongs to another log');
  });

  test('F24 goes on reading while the server is gone, and saves again by itself', async () => {
    const server = await serverOfTest(command);
    const dataDir = sharedDirectory();
    const app = await appOfTest({ EVENTSTORE_URL: server.url }, { dataDir });
    const other = await appOfTest({ EVENTSTORE_URL: server.url }, { dataDir });
    const known = await somebody(app);
    const there = browserAt(other);
    await signIn(there, known.person);
    await server.end('SIGKILL');

    const sent = await refusesWrites(known);
    await readsOn(known.client);
    await readsOn(there);
    // Whoever balances must leave it in place: its pages go on (decision 0005).
    expect(await readiness(app)).toMatchObject({
      status: 200,
      log: 'unavailable',
      saving: 'unavailable',
    });
    await until(async () => /^behind by \d+ s/.test((await readiness(app)).lookups), {
      what: 'lookups that nobody can compare are told to be as old as the last look',
    });
    expect(await there.post('/logout', await there.fill('/', {}, 'csrf'))).toMatchObject({
      status: 303,
    });
    expect((await there.get('/settings')).status).toBe(303);

    await server.start();
    await until(async () => (await isWhole(app)) && (await isWhole(other)), {
      what: 'whole by itself',
      withinMs: 30_000,
    });
    expect((await known.client.get('/')).text).not.toMatch(asOf);
    await known.client.submit('/settings', { name: 'Countess' });
    expect((await factsOf(known.client)).at(-1)).toBe('Name changed to Countess');
    // The form that was sent while the log was away makes one account.
    const { stranger, newcomer, again } = sent;
    const secrets = { password: newcomer.password, passwordConfirm: newcomer.password };
    const made = await stranger.post('/register', { ...again, ...secrets });
    expect(made.status).toBe(303);
    expect(await factsOf(stranger)).toEqual(['Account opened with a password']);
  });

  test('F24 a server that hangs holds nobody up: every answer comes within 9 s', async () => {
    const server = await serverOfTest(command);
    const app = await appOfTest({ EVENTSTORE_URL: server.url });
    const known = await somebody(app);
    server.signal('SIGSTOP');
    onTestFinished(() => server.signal('SIGCONT'));

    const sent = await refusesWrites(known);
    await readsOn(known.client);

    server.signal('SIGCONT');
    await until(() => isWhole(app), { what: 'whole by itself', withinMs: 30_000 });
    const { stranger, newcomer, again } = sent;
    const secrets = { password: newcomer.password, passwordConfirm: newcomer.password };
    await until(
      async () => (await stranger.post('/register', { ...again, ...secrets })).status === 303,
      { what: 'the form of before is taken' },
    );
    expect(await factsOf(stranger)).toEqual(['Account opened with a password']);
  });

  test('F25 a server that takes 5 s for each call is as good as away, and nobody waits for it', async () => {
    const { app, known, proxy } = await behindProxy(await serverOfTest(command));
    proxy.delayMs = 5_000;

    await refusesWrites(known);
    await readsOn(known.client);
    const { took } = await timed(() => known.client.get('/login'));
    expect(took).toBeLessThan(5_000);

    await proxy.heal();
    await until(() => isWhole(app), { what: 'whole by itself', withinMs: 30_000 });
    await known.client.submit('/settings', { name: 'Countess' });
    expect((await factsOf(known.client)).at(-1)).toBe('Name changed to Countess');
  });

  test('F26 half-open connections are given up, and the lookups go on from where they were', async () => {
    const { app, known, proxy } = await behindProxy(await serverOfTest(command));
    proxy.freeze();

    const { answer, took } = await timed(() => known.client.get('/'));
    expect(took).toBeLessThan(inTimeMs);
    expect(answer.text).toMatch(asOf);

    await until(() => isWhole(app), { what: 'whole by itself', withinMs: 30_000 });
    const { client, person } = await registered(browserAt(app));
    expect(await factsOf(client)).toEqual(['Account opened with a password']);
    await until(async () => (await readiness(app)).lookups === 'ok', {
      what: 'lookups',
      withinMs: 30_000,
    });
    expect(await signIn(browserAt(app), person)).toMatchObject({ status: 303 });
  });
});

/** An app whose way to the server can be disturbed. */
async function behindProxy(server: ServerProcess) {
  const proxy = await FaultProxy.before(server.port);
  onTestFinished(() => proxy.close());
  const url = `esdb://127.0.0.1:${proxy.port}?tls=false&keepAliveInterval=1000&keepAliveTimeout=1000`;
  const app = await appOfTest({ EVENTSTORE_URL: url });
  return { app, proxy, known: await somebody(app) };
}
