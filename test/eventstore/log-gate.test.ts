import { describe, expect, onTestFinished, test } from 'vitest';
import { Conflict, OutcomeUnknown, Unavailable } from '../../eventstore/event-store.ts';
import { LogGate } from '../../eventstore/log-gate.ts';
import { LogDamaged } from '../../eventstore/log-damaged.ts';
import { openSqliteEventStore } from '../../eventstore/sqlite-event-store.ts';
import { collect, StreamAuthor } from '../support/log-events.ts';

/** A log whose every call throws this, where it is set. */
async function startGate(fault?: Error, lookMs = 30) {
  const log = await openSqliteEventStore({ path: ':memory:' });
  const state = { fault, checks: 0, calls: 0, refused: [] as unknown[], belongs: true };
  const reached = async () => {
    state.calls += 1;
    if (state.fault) throw state.fault;
  };
  const gate = new LogGate({
    store: {
      atomic: true,
      append: async (writes) => (await reached(), log.append(writes)),
      head: async () => (await reached(), log.head()),
      async *read(stream, options) {
        await reached();
        yield* log.read(stream, options);
      },
      subscribe: (options) => log.subscribe(options),
      close: () => log.close(),
    },
    check: async () => {
      state.checks += 1;
      await reached();
      if (!state.belongs) throw new Error('another log');
    },
    refused: (error) => state.refused.push(error),
    pace: { lookMs, retryMs: 5, longestMs: 20 },
  });
  onTestFinished(async () => {
    await gate.close();
    await log.close();
  });
  return { gate, state };
}

const away = () => new Unavailable('away');
const author = new StreamAuthor('account-1');

describe('F23 a log that was not reached yet', () => {
  test('is unavailable without being asked, and open by itself when it comes', async () => {
    const { gate, state } = await startGate(away());
    await expect(gate.tryOpening()).rejects.toMatchObject({ code: 'unavailable' });
    const before = state.calls;
    await expect(gate.store.append([author.rival()])).rejects.toMatchObject({
      code: 'unavailable',
    });
    await expect(collect(gate.store.read('account-1'))).rejects.toMatchObject({
      code: 'unavailable',
    });
    await expect(gate.store.head()).rejects.toMatchObject({ code: 'unavailable' });
    expect(state.calls).toBe(before);

    gate.watch();
    state.fault = undefined;
    await gate.opened();
    await gate.store.append([author.rival()]);
  });

  test('is not opened to anybody before it was checked', async () => {
    const { gate, state } = await startGate(away());
    gate.watch();
    state.belongs = false;
    state.fault = undefined;
    await expect.poll(() => state.refused).toEqual([new Error('another log')]);
    await expect(gate.store.append([author.rival()])).rejects.toMatchObject({
      code: 'unavailable',
    });
    const { checks } = state;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(state.checks).toBe(checks);
  });
});

describe('F24 a log that went away', () => {
  test('is unavailable to the next who asks, before any deadline, and comes back by itself', async () => {
    const { gate, state } = await startGate();
    gate.watch();
    await gate.opened();
    state.fault = away();
    await expect(collect(gate.store.read('account-1'))).rejects.toBe(state.fault);
    expect(gate.open).toBe(false);
    state.fault = undefined;
    await expect.poll(() => gate.open, { interval: 5 }).toBe(true);
  });

  test('is noticed while nobody asks', async () => {
    const { gate, state } = await startGate();
    gate.watch();
    await gate.opened();
    state.fault = away();
    await expect.poll(() => gate.open, { interval: 5 }).toBe(false);
  });

  test('is checked again before it opens again', async () => {
    const { gate, state } = await startGate();
    gate.watch();
    await gate.opened();
    expect(state.checks).toBe(1);
    state.fault = away();
    await expect.poll(() => gate.open, { interval: 5 }).toBe(false);
    state.belongs = false;
    state.fault = undefined;
    await expect.poll(() => state.refused).toHaveLength(1);
    expect(gate.open).toBe(false);
  });

  test('F25 a lost answer is looked into at once, and shuts nobody out by itself', async () => {
    const { gate, state } = await startGate(undefined, 60_000);
    gate.watch();
    await gate.opened();
    state.fault = new OutcomeUnknown('late');
    await expect(gate.store.append([author.rival()])).rejects.toMatchObject({
      code: 'outcome-unknown',
    });
    expect(gate.open).toBe(true);
    await expect.poll(() => gate.open, { interval: 5 }).toBe(false);
  });

  test('a conflict, or a stream that is damaged, says nothing about the log', async () => {
    const { gate, state } = await startGate();
    gate.watch();
    await gate.opened();
    for (const fault of [new Conflict(author.rival(), 3), new LogDamaged('one stream')]) {
      state.fault = fault;
      await expect(gate.store.append([author.rival()])).rejects.toBe(fault);
      expect(gate.open).toBe(true);
    }
  });

  test('that ends before what it held is an older one, and refused', async () => {
    const { gate, state } = await startGate();
    gate.watch();
    await gate.opened();
    state.fault = new LogDamaged('it is an older one');
    await expect.poll(() => state.refused).toEqual([state.fault]);
    expect(gate.open).toBe(false);
  });
});
