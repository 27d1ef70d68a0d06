import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { insist } from '../support/insist.ts';
import { factsOf, newPerson, registerFields, signIn, type Person } from '../support/people.ts';
import type { RunningApp } from '../support/running-app.ts';
import { serverCommands } from '../support/server-process.ts';
import type { Fields, WebClient } from '../support/web-client.ts';
import { brokenInvariantsIn } from './files.ts';
import { appOfTest, browserAt } from './the-app.ts';
import { isWhole, serverOfTest, sharedDirectory, until } from './the-server.ts';

/** How often something is killed; more by `KILL_ROUNDS` where there is time. */
const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? '6');

/** A form that was sent, and what came back: undefined where the process died. */
interface Sent {
  readonly client: WebClient;
  readonly person: Person;
  readonly fields: Fields;
  readonly status: number | undefined;
}

/** Registers one person after the other at an app, whatever happens to it, until told to stop. */
async function registerOn(
  { origin }: Pick<RunningApp, 'origin'>,
  sent: Sent[],
  going: () => boolean,
): Promise<void> {
  while (going()) {
    const [client, person] = [browserAt({ origin }), newPerson()];
    const fields = await client.fill('/register', registerFields(person)).catch(() => undefined);
    const answer = fields && (await client.post('/register', fields).catch(() => undefined));
    if (fields) sent.push({ client, person, fields, status: answer?.status });
    if (answer?.status !== 303) await sleep(100);
  }
}

describe.each(serverCommands)('kill -9 of servers and apps in turn, %s:', (_name, command) => {
  test(
    'I1–I7 F1 F15 F24 under load at two apps: nothing acknowledged is lost, nothing is locked, no name has two owners',
    { timeout: 120_000 + ROUNDS * 30_000 },
    async () => {
      const server = await serverOfTest(command);
      const environment = { EVENTSTORE_URL: server.url };
      const dataDir = sharedDirectory();
      const ports = [await freePort(), await freePort()];
      const start = (index: number) => appOfTest(environment, { dataDir, port: ports[index] });
      const apps = [await start(0), await start(1)];
      const sent: Sent[] = [];
      let running = true;
      const loops = [...apps, ...apps].map((app) => registerOn(app, sent, () => running));
      for (let round = 0; round < ROUNDS; round += 1) {
        await sleep(200 + Math.random() * 500);
        // The server twice as often as each app.
        const victim = round % 4;
        if (victim % 2 === 0) {
          await server.end('SIGKILL');
          await sleep(Math.random() * 500);
          await server.start();
        } else {
          const index = victim === 1 ? 0 : 1;
          await apps[index]?.kill();
          apps[index] = await start(index);
        }
        await until(async () => (await Promise.all(apps.map(isWhole))).every(Boolean), {
          what: 'both apps are whole again',
          withinMs: 30_000,
        });
      }
      running = false;
      await Promise.all(loops);

      const told = sent.filter(({ status }) => status === 303);
      const untold = sent.filter(({ status }) => status !== 303);
      console.log(`${told.length} acknowledged, ${untold.length} not, ${ROUNDS} kills`);
      expect(told.length).toBeGreaterThan(ROUNDS);
      for (const { status } of untold) expect([503, undefined]).toContain(status);
      for (const { person, client } of told) {
        expect(await signIn(browserAt(client), person)).toMatchObject({ status: 303 });
      }
      // The same form sent again makes one account, whether an earlier sending reached the log or not (F14, F15).
      for (const { client, person, fields } of untold) {
        expect(await insist(() => client.post('/register', fields))).toMatchObject({ status: 303 });
        const facts = await factsOf(client);
        // Each fence closes off a sending that was cut short; there is no end to one by itself.
        expect(facts.filter((fact) => fact !== 'An unfinished change closed off')).toEqual([
          'Account opened with a password',
        ]);
        expect(await signIn(browserAt(client), person)).toMatchObject({ status: 303 });
      }
      await Promise.all(apps.map((app) => app.kill()));
      expect(await brokenInvariantsIn(dataDir, environment)).toEqual([]);
    },
  );
});
