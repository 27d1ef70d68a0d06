import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { EventStore } from '../../eventstore/event-store.ts';
import {
  contentsOf,
  copyKinds,
  emptyPlace,
  filePlace,
  logOpened,
  type CopyPlace,
} from '../support/copy-logs.ts';
import { brokenLogInvariants } from '../support/invariants.ts';
import { StreamAuthor } from '../support/log-events.ts';
import { runLatchkey } from '../support/run-latchkey.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const latchkey = join(import.meta.dirname, '../../cli/latchkey.js');

/** Forty streams that take turns, thirty times. */
async function turns(store: EventStore): Promise<void> {
  await store.append([new StreamAuthor('installation').next(logOpened('log-1'))]);
  const authors = Array.from({ length: 40 }, (_, index) => new StreamAuthor(`audit-${index}`));
  for (let turn = 0; turn < 30; turn += 1) {
    await store.append(authors.map((author) => author.next({ data: { turn } })));
  }
}

/** An installation with its own log in its own directory. */
async function anInstallation() {
  const dataDir = temporaryDirectory();
  const own = filePlace(join(dataDir, 'log.db'));
  const store = await own.open();
  await turns(store);
  const contents = await contentsOf(store);
  await store.close();
  const run = (...words: string[]) => runLatchkey(['copy', ...words], { DATA_DIR: dataDir });
  return { dataDir, own, contents, run };
}

const to = ({ words }: CopyPlace) => ['--to', words.log, '--to-prefix', words.prefix];
const from = ({ words }: CopyPlace) => ['--from', words.log, '--from-prefix', words.prefix];

const stop = (message: RegExp) => ({
  code: 2,
  stdout: '',
  stderr: expect.stringMatching(message) as string,
});

const heldBy = async (place: CopyPlace) => {
  const store = await place.open();
  const contents = await contentsOf(store);
  const broken = await brokenLogInvariants(store, []);
  await store.close();
  return { contents, broken };
};

/** A copy that is killed soon after the target began to grow. Answers whether it came to its end before. */
async function killedInTheMiddle(words: readonly string[], dataDir: string, place: CopyPlace) {
  const target = await place.open();
  const before = await target.head();
  const child = spawn(process.execPath, [latchkey, 'copy', ...words], {
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', DATA_DIR: dataDir },
    stdio: 'ignore',
  });
  const gone = once(child, 'exit');
  while (child.exitCode === null && (await target.head()) === before) await sleep(5);
  await sleep(Math.random() * 150);
  child.kill('SIGKILL');
  await gone;
  await target.close();
  return child.exitCode === 0;
}

describe.each(copyKinds)('latchkey copy, to %s', (kind) => {
  test('F1 goes on from where kill -9 left it, however often, and ends with the whole log', async () => {
    const { dataDir, contents, run } = await anInstallation();
    const place = await emptyPlace(kind);

    for (let kills = 0; kills < 4; kills += 1) {
      if (await killedInTheMiddle(to(place), dataDir, place)) break;
      const held = await heldBy(place);
      expect(held).toEqual({ contents: contents.slice(0, held.contents.length), broken: [] });
    }
    const told = z
      .object({ events: z.number(), already: z.number() })
      .parse(JSON.parse(await run(...to(place), '--json')));

    expect(told.events).toBe(contents.length);
    expect(told.already).toBeGreaterThan(0);
    expect(await heldBy(place)).toEqual({ contents, broken: [] });
  });

  test('and back again, says what it did and that both are equal', async () => {
    const { contents, run } = await anInstallation();
    const place = await emptyPlace(kind);
    const back = filePlace(join(temporaryDirectory(), 'back.db'), 'other-');

    expect(await run(...to(place))).toMatch(
      /^1201 events in 41 streams copied, in .*\nfrom .*\nto {3}.*\nBoth logs were read and compared/,
    );
    await run(...from(place), ...to(back));

    expect(await heldBy(back)).toEqual({ contents, broken: [] });
  });

  test('stops at a target of another installation, and at one that is not empty', async () => {
    const { run } = await anInstallation();
    const [taken, used] = [await emptyPlace(kind), await emptyPlace(kind)];
    await (await taken.open()).append([new StreamAuthor('installation').next(logOpened('log-2'))]);
    const store = await used.open();
    await store.append([new StreamAuthor('audit-ann').next()]);

    await expect(run(...to(taken))).rejects.toMatchObject(stop(/another installation/));
    await expect(run(...to(used))).rejects.toMatchObject(stop(/the target is not empty/));
  });

  test('stops where source and target are one log', async () => {
    const { own, run } = await anInstallation();
    const place = await emptyPlace(kind);
    await run(...to(place));

    await expect(run(...from(place), ...to(place))).rejects.toMatchObject(
      stop(/source and target are the same (file|log)/),
    );
    await expect(run(...to(own))).rejects.toMatchObject(stop(/the same file/));
  });
});

describe('latchkey copy', () => {
  test.each(copyKinds.slice(1))(
    'on one server, %s, needs prefixes that do not begin with each other, by whatever name it is called',
    async (kind) => {
      const { run } = await anInstallation();
      const place = await emptyPlace(kind);
      await run(...to(place));
      const { log, prefix } = place.words;
      const alias = log.replace('127.0.0.1', 'localhost');
      const inside = (name: string) => [...from(place), '--to', alias, '--to-prefix', name];

      await expect(run(...inside(prefix))).rejects.toMatchObject(stop(/the same log/));
      await expect(run(...inside(`${prefix}x`))).rejects.toMatchObject(stop(/one server, and/));
      await expect(run(...inside(''))).rejects.toMatchObject(stop(/one server, and/));
      expect(await run(...inside(`beside-${prefix}`))).toContain('1201 events');
    },
  );

  test('takes an address out of a variable, and repeats no password', async () => {
    const { dataDir } = await anInstallation();
    const url = 'esdb://somebody:a-secret-word@127.0.0.1:1?tls=false&nonsense=1';
    const place = await emptyPlace('EventStoreDB, the protocol peer');
    const run = (...words: string[]) =>
      runLatchkey(['copy', ...words], {
        DATA_DIR: dataDir,
        NEW_LOG: place.words.log.replace('//', '//somebody:a-secret-word@'),
        BAD_LOG: url,
      });

    const told = await run('--to', 'env:NEW_LOG', '--to-prefix', place.words.prefix);
    expect(told).toContain('to   esdb://127.0.0.1:');
    expect(told).not.toContain('secret');
    await expect(run('--to', 'env:BAD_LOG')).rejects.toMatchObject({
      code: 3,
      stderr:
        'latchkey: EVENTSTORE_URL has an option that is not known; see docs/eventstoredb.md\n',
    });
    await expect(run('--to', 'env:NO_LOG')).rejects.toMatchObject(stop(/NO_LOG is not given/));
  });

  test('stops at words that name no log, before anything is made', async () => {
    const { dataDir, run } = await anInstallation();
    const directory = join(dataDir, 'directory');
    mkdirSync(directory);
    const target = filePlace(join(dataDir, 'new.db'));

    await expect(run('--to', directory)).rejects.toMatchObject(stop(/is a directory/));
    await expect(run('--to', 'https://x')).rejects.toMatchObject(stop(/begins with esdb:/));
    await expect(run('--to', 'x', '--to-prefix', 'a b')).rejects.toMatchObject(stop(/a prefix is/));
    await expect(run('--from', 'nowhere.db', ...to(target))).rejects.toMatchObject(
      stop(/there is no file .*nowhere\.db/),
    );
    await expect(run()).rejects.toMatchObject({ code: 1 });
  });

  test('stops at a source that is in use', async () => {
    const { own, run } = await anInstallation();
    await own.open();

    await expect(run('--to', join(temporaryDirectory(), 'x.db'))).rejects.toMatchObject(
      stop(/open in another process; stop the app first/),
    );
  });
});
