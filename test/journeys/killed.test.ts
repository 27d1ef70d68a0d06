import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import {
  factsOf,
  newPerson,
  registered,
  registerFields,
  signIn,
  type Person,
} from '../support/people.ts';
import { spawnApp, type RunningApp } from '../support/running-app.ts';
import type { Fields, WebClient } from '../support/web-client.ts';
import { brokenInvariantsIn } from './files.ts';
import { appOfTest, browserAt } from './the-app.ts';

/** How often it is killed; more by `KILL_ROUNDS` where there is time. */
const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? '10');
/** The bar is 2 s and holds on an idle machine; a test does not fail because the machine is busy. */
const READY_WITHIN_MS = 10_000;

/** A directory and a port that outlive the processes of a test. */
async function place() {
  const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-killed-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  return { dataDir, port: await freePort() };
}

/** A registration that was sent, and whether the answer came back before the server died. */
interface Sent {
  readonly client: WebClient;
  readonly person: Person;
  readonly fields: Fields;
  readonly acknowledged: boolean;
}

/** Registers one person after the other until the server is gone. */
async function registerUntilKilled(app: RunningApp, sent: Sent[]): Promise<void> {
  for (;;) {
    const [client, person] = [browserAt(app), newPerson()];
    const fields = await client.fill('/register', registerFields(person)).catch(() => undefined);
    if (!fields) return;
    const answer = await client.post('/register', fields).catch(() => undefined);
    sent.push({ client, person, fields, acknowledged: answer?.status === 303 });
    if (!answer) return;
  }
}

/** Somebody who changes the password again and again, and knows what holds after a kill. */
class ChangingPerson {
  changes = 0;
  #tries = 0;
  readonly #client: WebClient;
  readonly #person: Person;
  /** The last change that was sent and not answered. */
  #open: { readonly password: string } | undefined;
  #password: string;

  constructor(client: WebClient, person: Person) {
    this.#client = client;
    this.#person = person;
    this.#password = person.password;
  }

  async changeUntilKilled(): Promise<void> {
    for (;;) {
      this.#tries += 1;
      const newPassword = `${this.#person.password} ${this.#tries}`;
      const typed = {
        currentPassword: this.#password,
        newPassword,
        newPasswordConfirm: newPassword,
      };
      const client = this.#client;
      const fields = await client.fill('/settings/password', typed).catch(() => undefined);
      if (!fields) return;
      this.#open = { password: newPassword };
      const answer = await client.post('/settings/password', fields).catch(() => undefined);
      if (!answer) return;
      expect(answer).toMatchObject({ status: 303, location: '/settings/password' });
      this.#open = undefined;
      this.#password = newPassword;
      this.changes += 1;
    }
  }

  /** After the restart: one of the two passwords opens, and it is the acknowledged one unless a change was open. */
  async settle(): Promise<void> {
    const possible = [this.#password, ...(this.#open ? [this.#open.password] : [])];
    const answers = await Promise.all(
      possible.map((password) => signIn(browserAt(this.#client), { ...this.#person, password })),
    );
    const good = possible.filter((_, index) => answers[index]?.status === 303);
    expect(good).toHaveLength(1);
    this.#open = undefined;
    this.#password = good[0] ?? '';
    this.#client.jar.delete('sid');
    await signIn(this.#client, { ...this.#person, password: this.#password });
  }
}

/** Waits until it is so; a busy machine is slow, not wrong. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(5);
}

const median = (values: readonly number[]) =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

describe('kill -9 while people register (F1, I1)', () => {
  test('every acknowledged registration signs in afterwards; the others are whole or nothing', async () => {
    const kept = await place();
    let app = await appOfTest({}, kept);
    const sent: Sent[] = [];
    const restarts: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = sent.length;
      const loops = Array.from({ length: 4 }, () => registerUntilKilled(app, sent));
      await until(() => sent.length > before);
      await sleep(Math.random() * 250);
      await app.kill();
      await Promise.all(loops);
      app = await appOfTest({}, kept);
      restarts.push(app.readyAfter);
    }

    const [told, untold] = [
      sent.filter(({ acknowledged }) => acknowledged),
      sent.filter(({ acknowledged }) => !acknowledged),
    ];
    console.log(
      `${told.length} acknowledged, ${untold.length} cut off; ready again after ${Math.round(median(restarts))} ms, at most ${Math.round(Math.max(...restarts))} ms`,
    );
    expect(told.length).toBeGreaterThanOrEqual(ROUNDS);
    for (const { person } of told) {
      expect(await signIn(browserAt(app), person)).toMatchObject({ status: 303 });
    }
    // The same form sent again makes one account, whether the first sending reached it or not (F14).
    for (const { person, fields, client } of untold) {
      expect(await client.post('/register', fields)).toMatchObject({ status: 303 });
      expect(await factsOf(client)).toEqual(['Account opened with a password']);
      expect(await signIn(browserAt(app), person)).toMatchObject({ status: 303 });
    }
    expect(Math.max(...restarts)).toBeLessThan(READY_WITHIN_MS);
  });

  test('of two passwords one opens: the acknowledged one, or the one that was on its way', async () => {
    const kept = await place();
    let app = await appOfTest({}, kept);
    const people = await Promise.all([1, 2, 3, 4].map(() => registered(browserAt(app))));
    const lives = people.map(({ client, person }) => new ChangingPerson(client, person));
    for (let round = 0; round < ROUNDS; round += 1) {
      const loops = lives.map((life) => life.changeUntilKilled());
      await sleep(100 + Math.random() * 400);
      await app.kill();
      await Promise.all(loops);
      app = await appOfTest({}, kept);
      await Promise.all(lives.map((life) => life.settle()));
    }

    await app.kill();
    expect(lives.map((life) => life.changes).reduce((one, other) => one + other)).toBeGreaterThan(
      0,
    );
    expect(await brokenInvariantsIn(kept.dataDir)).toEqual([]);
  });

  test('killed while it starts for the first time, it starts whole the next time', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const kept = await place();
      const first = await spawnApp({}, kept);
      await sleep(150 + (round / ROUNDS) * 900);
      await first.kill();
      await first.stop();

      const app = await appOfTest({}, kept);
      const [client, person] = [browserAt(app), newPerson()];

      expect(await client.submit('/register', registerFields(person))).toMatchObject({
        status: 303,
      });
      await app.kill();
    }
  });
});
