import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { copyLog } from '../../commands/copy-log.ts';
import { openEsdbEventStore } from '../../eventstore/esdb-event-store.ts';
import { openClosedSqliteLog } from '../../eventstore/sqlite-closed-log.ts';
import { Crash, CrashSwitch } from '../support/crash.ts';
import { freePort } from '../support/free-port.ts';
import { factsOf, isSignedIn, newPerson, register, registered, signIn } from '../support/people.ts';
import { runLatchkey } from '../support/run-latchkey.ts';
import { spawnApp, type RunningApp } from '../support/running-app.ts';
import { serverCommands, type ServerCommand } from '../support/server-process.ts';
import { brokenInvariantsIn } from './files.ts';
import { appOfTest, browserAt } from './the-app.ts';
import { serverOfTest, sharedDirectory, until } from './the-server.ts';

const prefix = 'moved-';

/** An installation that keeps its address and its vault, and a server that its log may move to. */
async function anInstallation(command: ServerCommand) {
  const { url } = await serverOfTest(command);
  const place = { dataDir: sharedDirectory(), port: await freePort() };
  const file = join(place.dataDir, 'log.db');
  const onServer = { EVENTSTORE_URL: url, EVENTSTORE_PREFIX: prefix };
  return {
    url,
    file,
    dataDir: place.dataDir,
    onServer,
    onFile: () => appOfTest({}, place),
    startOnServer: () => appOfTest(onServer, place),
    /** What an app says that does not start there. */
    refusedOnServer: async () => {
      const app = await spawnApp(onServer, place);
      onTestFinished(() => app.stop());
      expect(await once(app.process, 'exit')).toEqual([1, null]);
      return app.output();
    },
    doctorThere: () => runLatchkey(['doctor'], { DATA_DIR: place.dataDir, ...onServer }),
    latchkey: (...words: string[]) => runLatchkey(words, { DATA_DIR: place.dataDir }),
  };
}

/** Somebody signed in, with a past. */
async function somebody(app: RunningApp) {
  const known = await registered(browserAt(app));
  await known.client.submit('/settings', { name: 'Ada Lovelace' });
  return known;
}

const levelByUs = /^ok {3}lag +none; brought up to date by a running process$/m;

const past = ['Account opened with a password', 'Name changed to Ada Lovelace'];

describe.each(serverCommands)('a log that moves, %s:', (_name, command) => {
  test('to a server and back: sessions go on, histories are whole, no name is free (F28, I1–I7)', async () => {
    const { latchkey, doctorThere, url, file, dataDir, onFile, startOnServer } =
      await anInstallation(command);
    const before = await onFile();
    const { client, person } = await somebody(before);
    await expect(latchkey('copy', '--to', url)).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('stop the app first') as string,
    });
    await before.stop();

    const there = await latchkey('copy', '--to', url, '--to-prefix', prefix);
    expect(there).toMatch(/^\d+ events in \d+ streams copied, in /);
    const moved = await startOnServer();

    expect(await isSignedIn(client)).toBe(true);
    await until(async () => levelByUs.test(await doctorThere()), { what: 'the lookups are level' });
    expect(await factsOf(client)).toEqual(past);
    expect(await signIn(browserAt(moved), person)).toMatchObject({ status: 303 });
    const rival = newPerson({ username: person.username });
    expect(await register(browserAt(moved), rival)).toMatchObject({
      status: 409,
      refusal: 'username-taken',
    });
    await client.submit('/settings', { name: 'Countess' });
    await moved.stop();

    const words = ['--from', url, '--from-prefix', prefix, '--to', file];
    expect(await latchkey('copy', ...words)).toMatch(/copied, \d+ of them by an earlier run, in /);
    const back = await onFile();

    expect(await isSignedIn(client)).toBe(true);
    expect(await factsOf(client)).toEqual([...past, 'Name changed to Countess']);
    expect(await signIn(browserAt(back), person)).toMatchObject({ status: 303 });
    expect(await isSignedIn((await registered(browserAt(back))).client)).toBe(true);
    await back.stop();
    expect(await brokenInvariantsIn(dataDir)).toEqual([]);
  });

  test('and is not served half copied, nor where the app went on on the old one (F5)', async () => {
    const { latchkey, url, file, onServer, onFile, startOnServer, refusedOnServer } =
      await anInstallation(command);
    const before = await onFile();
    const { client } = await somebody(before);
    await before.stop();
    await copyAndDie(file, onServer);

    expect(await refusedOnServer()).toContain('older than what this vault has seen');

    await latchkey('copy', '--to', url, '--to-prefix', prefix);
    const again = await onFile();
    await client.submit('/settings', { name: 'Written To The Old One' });
    await again.stop();
    expect(await refusedOnServer()).toContain('older than what this vault has seen');

    expect(await latchkey('copy', '--to', url, '--to-prefix', prefix)).toContain('earlier run');
    await startOnServer();
    expect(await factsOf(client)).toEqual([...past, 'Name changed to Written To The Old One']);
  });
});

/** A copy that dies after its second append. */
async function copyAndDie(path: string, onServer: { EVENTSTORE_URL: string }): Promise<void> {
  const source = await openClosedSqliteLog({ path, prefix: '' });
  const target = await openEsdbEventStore({ url: onServer.EVENTSTORE_URL, prefix });
  const crash = new CrashSwitch(4);
  await expect(copyLog({ source, target: crash.wrapStore(target) })).rejects.toBeInstanceOf(Crash);
  await source.close();
  await target.close();
}
