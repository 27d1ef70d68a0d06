import { beforeAll, describe, expect, test } from 'vitest';
import { LogDamaged } from '../../eventstore/log-damaged.ts';
import type { RecordedEvent } from '../../eventstore/event-store.ts';
import { keepAccountEvent } from '../../projections/account-events.ts';
import { projectionState } from '../../projections/read-model.ts';
import { DeliveredLog, type Delivery } from '../support/delivered-log.ts';
import { aHistory, dumpOf, openModel, project } from '../support/projecting.ts';
import { numbersBelow } from '../support/sample-log.ts';

let history: readonly RecordedEvent[];
/** What the history folds to. */
let whole: string;
beforeAll(async () => {
  ({ events: history, dump: whole } = await aHistory());
});

const head = () => history.at(-1)?.position ?? 0n;
const untilAt = (model: Awaited<ReturnType<typeof openModel>>, position = head()) =>
  expect
    .poll(() => projectionState(model.db).position, { timeout: 15_000, interval: 20 })
    .toBe(position);

/** Projects the history as it is delivered, to its end. */
async function projected(deliver?: Delivery) {
  const model = await openModel();
  const log = new DeliveredLog(history, deliver);
  const running = project(log, model);
  await untilAt(model);
  return { model, log, faults: running.faults };
}

describe('a projector', () => {
  test('I6 I7 applies everything once and ends at the head', async () => {
    const { model, faults } = await projected();
    expect(dumpOf(model)).toBe(whole);
    expect(faults).toEqual([]);
    expect(history.map(({ type }) => type)).toContain('DeletionRequested');
  });

  test.each([1, 2, 3, 4])('F18 takes events that come up to three times, seed %i', async (seed) => {
    const below = numbersBelow(3, seed);
    const { model, faults } = await projected((events) =>
      events.flatMap((event) => Array<RecordedEvent>(1 + below()).fill(event)),
    );
    expect(dumpOf(model)).toBe(whole);
    expect(faults).toEqual([]);
  });

  test('F18 takes everything again after it was written', async () => {
    const { model } = await projected((events) => [...events, ...events, ...events]);
    expect(dumpOf(model)).toBe(whole);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'F19 loses nothing to events that come in another order, seed %i',
    { timeout: 60_000 },
    async (seed) => {
      const below = numbersBelow(history.length, seed);
      const model = await openModel();
      const log = new DeliveredLog(history, (events, turn) => {
        // The network comes to its senses in the end.
        if (turn > 4) return events;
        const shuffled = [...events];
        for (let count = 0; count < 6; count += 1) {
          const [moved] = shuffled.splice(below() % shuffled.length, 1);
          if (moved) shuffled.splice(below() % shuffled.length, 0, moved);
        }
        return shuffled;
      });
      project(log, model);
      await expect.poll(() => dumpOf(model), { timeout: 30_000, interval: 50 }).toBe(whole);
    },
  );

  test('F19 waits for a withheld event, writes nothing ahead of it, and says what it waits for', async () => {
    const model = await openModel();
    const withheld = history.find(({ type, revision }) => type !== 'Claimed' && revision === 1);
    if (!withheld) throw new Error('no second event of an account');
    const log = new DeliveredLog(history, (events, turn) =>
      turn < 4 ? events.filter((event) => event !== withheld) : events,
    );
    const { faults } = project(log, model);
    await expect.poll(() => log.turns, { timeout: 15_000 }).toBe(4);
    const account = model.db.get(
      'SELECT revision FROM lookup_accounts WHERE account_id = ?',
      withheld.stream.slice('account-'.length),
    );
    expect(account?.['revision']).toBe(0);
    expect(faults).toContainEqual(expect.objectContaining({ code: 'revision-gap' }));
    await untilAt(model);
    expect(dumpOf(model)).toBe(whole);
  });

  test('F19 waits for the event by which a key was given up, before somebody else has it', async () => {
    const model = await openModel();
    const log = new DeliveredLog(history, (events, turn) =>
      turn < 3 ? events.filter(({ type }) => type !== 'ProviderUnlinked') : events,
    );
    // Its own account's next events would show a gap first: only the other account's event is there to see.
    const { stream } = history.find(({ type }) => type === 'ProviderUnlinked') ?? { stream: '' };
    const ended = history.findIndex(({ type }) => type === 'ProviderUnlinked');
    log.events = history.filter((event, at) => at <= ended || event.stream !== stream);
    const { faults } = project(log, model);
    await untilAt(model, log.events.at(-1)?.position);
    expect(faults).toContainEqual(expect.objectContaining({ code: 'key-owned-twice' }));
    expect(projectionState(model.db).stopped).toBeNull();
  });

  test('F24 goes on from the checkpoint when a subscription breaks', async () => {
    const { model, log } = await projected((events, turn) =>
      turn < 3 ? [...events.slice(0, 4), new Error('the connection broke')] : events,
    );
    expect(log.turns).toBe(4);
    expect(dumpOf(model)).toBe(whole);
  });
});

/** The same event with something else in it; its chain does not matter to a projection. */
const changed = (index: number, part: Partial<RecordedEvent>): readonly RecordedEvent[] =>
  history.map((event, at) => (at === index ? { ...event, ...part } : event));

const secondOfAnAccount = () =>
  history.findIndex(({ stream, revision }) => stream.startsWith('account-') && revision === 1);

describe('F20 an event that can never be applied', () => {
  test.each([
    ['of an unknown type', { type: 'AccountTeleported' }],
    ['with broken data', { data: { emailKey: 7 } }],
  ])('%s stops the lookups, which say so', async (_what, part) => {
    const index = secondOfAnAccount();
    const model = await openModel();
    const log = new DeliveredLog(changed(index, part));
    project(log, model);
    await expect
      .poll(() => projectionState(model.db).stopped, { timeout: 5_000 })
      .toEqual({ position: history[index]?.position, reason: 'poison-event' });
    expect(projectionState(model.db).position).toBe(history[index - 1]?.position);
    expect(log.turns).toBe(1);
  });

  test('that this program cannot have written stops them too', async () => {
    const [first, second] = history;
    if (!first || !second) throw new Error('no history');
    const model = await openModel();
    project(new DeliveredLog(history, () => [first, new LogDamaged('not ours', second)]), model);
    await expect
      .poll(() => projectionState(model.db).stopped, { timeout: 5_000 })
      .toEqual({ position: second.position, reason: 'log-damaged' });
  });

  test('I4 that gives a key a second owner stops them, once the log itself has none that gave it up', async () => {
    const model = await openModel();
    const released = history.filter(({ type }) => type !== 'ProviderUnlinked');
    const revisions = new Map<string, number>();
    const renumbered = released.map((event) => {
      const revision = (revisions.get(event.stream) ?? -1) + 1;
      revisions.set(event.stream, revision);
      return { ...event, revision };
    });
    const log = new DeliveredLog(renumbered);
    project(log, model);
    await expect
      .poll(() => projectionState(model.db).stopped, { timeout: 15_000 })
      .toMatchObject({ reason: 'key-owned-twice' });
  });
});

describe('F17 a crash between the write and the checkpoint', () => {
  /** A projection that counts: taking an event twice would show. */
  const counting = (crashAt: number) => {
    let calls = 0;
    return (db: Parameters<typeof keepAccountEvent>[0], event: RecordedEvent) => {
      keepAccountEvent(db, event);
      db.run('UPDATE counted SET events = events + 1');
      calls += 1;
      if (calls === crashAt) throw new Error('the process died');
    };
  };
  const counted = (model: Awaited<ReturnType<typeof openModel>>) =>
    Number(model.db.get('SELECT events FROM counted')?.['events']);

  async function withCounter() {
    const model = await openModel();
    await model.writer.write((db) => {
      db.exec('CREATE TABLE counted (events INTEGER NOT NULL) STRICT');
      db.run('INSERT INTO counted VALUES (0)');
    });
    return model;
  }

  test.each([1, 2, 5, 9])('I6 I7 after event %i applies nothing twice', async (crashAt) => {
    const model = await withCounter();
    project(new DeliveredLog(history), model, { alsoKeep: counting(crashAt) });
    await untilAt(model);
    expect(counted(model)).toBe(history.length);
    expect(dumpOf(model)).toBe(whole);
  });

  test('would apply it twice, were the two in transactions of their own', async () => {
    const model = await withCounter();
    const apply = counting(-1);
    const separately = async (crashes: boolean) => {
      const { position } = projectionState(model.db);
      for (const event of history.filter((one) => one.position > position).slice(0, 3)) {
        await model.writer.write((db) => apply(db, event));
        if (crashes) return;
        await model.writer.write((db) =>
          db.run('UPDATE projection_state SET position = ?', event.position),
        );
      }
    };
    await separately(true);
    await separately(false);
    expect(counted(model)).toBe(4);
  });
});
