import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openEsdbEventStore } from '../../eventstore/esdb-event-store.ts';
import { faultCode, type EventStore, type StreamWrite } from '../../eventstore/event-store.ts';
import { reachable } from '../support/esdb-servers.ts';
import { brokenLogInvariants } from '../support/invariants.ts';
import { collect, isCaughtUp, StreamAuthor } from '../support/log-events.ts';
import { ServerProcess, serverCommands } from '../support/server-process.ts';

/** A real server takes its time to start. */
const patience = 120_000;

describe.each(serverCommands)(
  'a log whose server dies, %s:',
  { timeout: patience },
  (_name, command) => {
    let server: ServerProcess;
    let store: EventStore;
    beforeEach(async () => {
      server = await ServerProcess.start(command);
      store = await openEsdbEventStore({ url: server.url });
    }, patience);
    afterEach(async () => {
      await store.close();
      await server.remove();
    });

    test('F23: opens without a server, says so within 1 s, and works when it comes', async () => {
      await server.end();
      const author = new StreamAuthor('account-1');
      const write = author.next();
      const since = performance.now();

      await expect(store.append([write])).rejects.toMatchObject({ code: 'unavailable' });
      await expect(collect(store.read('account-1'))).rejects.toMatchObject({ code: 'unavailable' });
      await expect(store.head()).rejects.toMatchObject({ code: 'unavailable' });
      expect(performance.now() - since).toBeLessThan(1_000);

      await server.start();
      await store.append([write]);
      expect(await collect(store.read('account-1'))).toHaveLength(1);
    });

    test('F24, I1, I2, I3: kill -9 during appends loses nothing acknowledged, and no answer was a lie', async () => {
      const told: { write: StreamWrite; outcome: string }[] = [];
      let running = true;
      const writer = async () => {
        const author = new StreamAuthor(`account-${randomUUID()}`);
        while (running) {
          const write = author.rival();
          const outcome = await outcomeOf(store.append([write]));
          told.push({ write, outcome });
          if (outcome === 'written') author.next(...write.events);
          if (outcome === 'outcome-unknown') return;
          if (outcome === 'unavailable') await sleep(50);
        }
      };
      const writers = Array.from({ length: 24 }, writer);
      const written = () => told.filter(({ outcome }) => outcome === 'written');
      await expect.poll(() => written().length, { timeout: 10_000 }).toBeGreaterThan(200);
      await server.end('SIGKILL');
      await sleep(200);
      running = false;
      await Promise.all(writers);
      await server.start();
      await reachable(store);

      expect(new Set(told.map(({ outcome }) => outcome))).not.toContain('conflict');
      await settleAll(store, told);
      const acknowledged = written().map(({ write }) => write);
      expect(await brokenLogInvariants(store, ['account-'], acknowledged)).toEqual([]);
      for (const { write } of told.filter(({ outcome }) => outcome === 'unavailable')) {
        const there = await collect(store.read(write.stream));
        expect(there.map(({ id }) => id)).not.toContain(write.events[0]?.id);
      }
    });

    test('F24, I7: a subscription outlives its server, without a gap and without a repetition', async () => {
      const author = new StreamAuthor('account-1');
      const sent: string[] = [];
      const append = async () => {
        const write = author.next();
        sent.push(...write.events.map(({ id }) => id));
        await store.append([write]);
      };
      const abort = new AbortController();
      const received: string[] = [];
      const following = (async () => {
        for await (const item of store.subscribe({
          prefixes: ['account-'],
          signal: abort.signal,
        })) {
          if (!isCaughtUp(item)) received.push(item.id);
        }
      })();

      for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
        await append();
        await append();
        await server.end(signal);
        await sleep(300);
        await server.start();
        await reachable(store);
        await append();
      }
      await expect.poll(() => received.length, { timeout: 15_000 }).toBeGreaterThanOrEqual(6);
      abort.abort();
      await following;

      expect(received).toEqual(sent);
    });
  },
);

const outcomeOf = (append: Promise<unknown>) =>
  append.then(
    () => 'written',
    (error: unknown) => faultCode(error) ?? String(error),
  );

/** Sends every append again whose outcome is unknown: each is written once, whatever became of it. */
async function settleAll(
  store: EventStore,
  told: readonly { readonly write: StreamWrite; readonly outcome: string }[],
): Promise<void> {
  for (const { write } of told.filter(({ outcome }) => outcome === 'outcome-unknown')) {
    await store.append([write]);
    await store.append([write]);
    const there = await collect(store.read(write.stream));
    expect(there.filter(({ id }) => id === write.events[0]?.id)).toHaveLength(1);
  }
}
