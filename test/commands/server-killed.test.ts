import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Deps } from '../../commands/deps.ts';
import { faultCode } from '../../eventstore/event-store.ts';
import { brokenInvariants } from '../support/account-invariants.ts';
import { accountStories } from '../support/account-stories.ts';
import { nothingIsLocked, type Story } from '../support/crash-story.ts';
import { deletionStories } from '../support/deletion-stories.ts';
import { reachable } from '../support/esdb-servers.ts';
import { startAt } from '../support/installation.ts';
import { brokenLogInvariants } from '../support/invariants.ts';
import { KillSwitch } from '../support/kill-switch.ts';
import { ServerProcess, serverCommands } from '../support/server-process.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** A real server takes its time to start, and is started for every moment. */
const patience = 900_000;

/** What a command may come to whose log died under it, if it is not done: nothing was written, or it is being settled. */
const passing = ['unavailable', 'try-again'];

describe.each(serverCommands)('kill -9 of the log’s server, %s:', (_name, command) => {
  test.each(['register', 'link', 'unlink', 'asking for deletion', 'finishing it before its time'])(
    'F2 F15 F24 I1–I7 at every moment of the appends of %s: whole or nothing, and asked again it is done',
    { timeout: patience },
    async (name) => {
      const story = accountStories[name] ?? deletionStories[name];
      if (!story) throw new Error(name);
      const server = await ServerProcess.start(command);
      onTestFinished(() => server.remove());
      let at = 1;
      while (await killsAt(story, { at, server })) at += 1;
      expect(at).toBeGreaterThan(3);
    },
  );
});

/** The clock of a test need not wait for a back-off; what comes back takes a moment. */
const sleep: Deps['sleep'] = (ms) => wait(Math.min(ms, 100));

/** False once the command ran to its end and the server was not killed. */
async function killsAt(
  story: Story,
  { at, server }: { readonly at: number; readonly server: ServerProcess },
): Promise<boolean> {
  const { env = {} } = story;
  const options = { dir: temporaryDirectory(), clock: { now: new Date() }, sleep, env };
  const before = await startAt(server.url, options);
  await story.scene(before.deps);
  await before.close();

  const kill = new KillSwitch(server, at);
  const process = await startAt(server.url, { ...options, wrapStore: kill.wrapStore });
  await story.wish(process.deps).then(expectOk, expectPassing);
  await process.deps.queues.idle();
  const killed = await kill.disarm();
  await reachable(process.store);

  await untilOk(() => story.wish(process.deps));
  await story.check(process.deps);
  await nothingIsLocked(process);
  expect(await brokenInvariants(process), `killed at moment ${at}`).toEqual([]);
  expect(await brokenLogInvariants(process.store, [], kill.acknowledged)).toEqual([]);
  await process.close();
  return killed;
}

const expectOk = (answer: { readonly ok: boolean }) => expect(answer).toMatchObject({ ok: true });
const expectPassing = (error: unknown) => expect(passing).toContain(faultCode(error));

/** Whoever is told to try again does, and is done in the end. */
async function untilOk(wish: () => Promise<{ readonly ok: boolean }>): Promise<void> {
  for (let left = 100; ; left -= 1) {
    try {
      return expectOk(await wish());
    } catch (error) {
      if (left === 0 || !passing.includes(faultCode(error) ?? '')) throw error;
      await wait(100);
    }
  }
}
