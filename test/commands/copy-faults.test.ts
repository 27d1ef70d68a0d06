import { describe, expect, test } from 'vitest';
import { copyLog } from '../../commands/copy-log.ts';
import { openEsdbEventStore } from '../../eventstore/esdb-event-store.ts';
import {
  OutcomeUnknown,
  Unavailable,
  type EventStore,
  type RecordedEvent,
} from '../../eventstore/event-store.ts';
import { but, contentsOf, copyKinds, emptyPlace, writeWholeLog } from '../support/copy-logs.ts';
import { startPeer } from '../support/esdb-servers.ts';
import { brokenLogInvariants } from '../support/invariants.ts';
import { StreamAuthor, untilCaughtUp } from '../support/log-events.ts';

async function sourceOf(): Promise<EventStore> {
  const source = await (await emptyPlace('the embedded log')).open();
  await writeWholeLog(source);
  return source;
}

const aTarget = async () => (await emptyPlace('the embedded log')).open();

describe.each(copyKinds)('a target on %s that loses answers and is away now and then', (kind) => {
  test('F15 F24 holds every event once, in order', async () => {
    const source = await sourceOf();
    const target = await (await emptyPlace(kind)).open();
    let turn = 0;
    const unsure = but(target, {
      append: async (writes) => {
        turn += 1;
        if (turn % 5 === 1) throw new Unavailable('away');
        if (turn % 5 === 2) throw new OutcomeUnknown('not written, but who knows');
        const appended = await target.append(writes);
        if (turn % 5 === 3) throw new OutcomeUnknown('the answer was lost');
        return appended;
      },
    });

    await copyLog({ source, target: unsure });

    expect(await contentsOf(target)).toEqual(await contentsOf(source));
    expect(await brokenLogInvariants(target, [])).toEqual([]);
  });
});

test('a target that stays away ends the copy, which goes on from there the next time (F24)', async () => {
  const source = await sourceOf();
  const target = await aTarget();
  let writes = 0;
  const goingAway = but(target, {
    append: async (batch) => {
      writes += 1;
      if (writes > 3) throw new Unavailable('away');
      return target.append(batch);
    },
  });

  await expect(copyLog({ source, target: goingAway }, { patienceMs: 200 })).rejects.toMatchObject({
    code: 'unavailable',
  });
  const { already } = await copyLog({ source, target });
  expect(already).toBeGreaterThan(0);
  expect(await contentsOf(target)).toEqual(await contentsOf(source));
});

test('a server that goes for good ends a copy from it (F24)', async () => {
  const server = await startPeer();
  const source = await openEsdbEventStore({ url: server.url, limits: { deadlineMs: 300 } });
  await writeWholeLog(source);
  const target = await aTarget();
  let writes = 0;
  const stopping = but(target, {
    append: async (batch) => {
      writes += 1;
      if (writes === 2) await server.stop();
      return target.append(batch);
    },
  });

  await expect(copyLog({ source, target: stopping }, { patienceMs: 1_000 })).rejects.toMatchObject({
    code: 'unavailable',
  });
  await source.close();
});

test('an event too large for a server is named, and ends the copy', async () => {
  const source = await (await emptyPlace('the embedded log')).open();
  await writeWholeLog(source);
  const author = new StreamAuthor('audit-large');
  await source.append([author.next({ data: { text: 'x'.repeat(1_100_000) } })]);
  const target = await (await emptyPlace('EventStoreDB, the protocol peer')).open();

  await expect(copyLog({ source, target })).rejects.toMatchObject({
    code: 'copy-refused',
    message: expect.stringMatching(/audit-large .*1 MiB/) as string,
  });
});

test('another writer in the target is told, and ends the copy', async () => {
  const source = await sourceOf();
  const target = await aTarget();
  const rival = new StreamAuthor('audit-0');
  let writes = 0;
  const shared = but(target, {
    append: async (batch) => {
      writes += 1;
      if (writes === 2) await target.append([rival.next({ type: 'AccountViewed' })]);
      return target.append(batch);
    },
  });

  await expect(copyLog({ source, target: shared })).rejects.toMatchObject({
    code: 'copy-refused',
  });
});

type Lie = (events: readonly RecordedEvent[]) => readonly RecordedEvent[];

/** A target whose readings tell something else than was written, all but the first: that one is before the copy. */
function lying(store: EventStore, lie: Lie): EventStore {
  let readings = 0;
  return but(store, {
    async *subscribe(options) {
      readings += 1;
      const truth = await untilCaughtUp(store, options);
      const told = readings === 1 ? truth : lie(truth);
      yield* told.map((event, index) => ({ ...event, position: BigInt(index + 1) }));
      yield { caughtUp: true };
    },
  });
}

/** Somewhere in the middle. */
const at = 200;
const changed =
  (change: (event: RecordedEvent) => Partial<RecordedEvent>): Lie =>
  (events) =>
    events.map((event, index) => (index === at ? { ...event, ...change(event) } : event));

describe('a copy is compared to the last byte and told from one with', () => {
  const lies: Readonly<Record<string, Lie>> = {
    'other data': changed(() => ({ data: { other: 1 } })),
    'data in another order': changed(({ data }) => ({
      data: Object.fromEntries(Object.entries({ z: 1, ...data }).reverse()),
    })),
    'another id': changed(() => ({ id: 'other' })),
    'another type': changed(() => ({ type: 'Other' })),
    'another revision': changed(({ revision }) => ({ revision: revision + 1 })),
    'another stream': changed(() => ({ stream: 'audit-other' })),
    'another time': changed(({ metadata }) => ({ metadata: { ...metadata, at: '2020-01-01' } })),
    'another chain': changed(({ metadata }) => ({ metadata: { ...metadata, chain: 'x' } })),
    'an event less': (events) => events.toSpliced(at, 1),
    'an event twice': (events) => [...events.slice(0, at), ...events.slice(at - 1)],
    'its last event missing': (events) => events.slice(0, -1),
    'its last event twice': (events) => [...events, ...events.slice(-1)],
    'two events in each other’s place': ([first, ...others]) =>
      first ? [...others.slice(0, 1), first, ...others.slice(1)] : [],
  };

  test.each(Object.entries(lies))('%s', async (_what, lie) => {
    const source = await sourceOf();
    const target = lying(await aTarget(), lie);

    await expect(copyLog({ source, target })).rejects.toMatchObject({ code: 'copy-differs' });
  });

  test('a stream that is not found by its name', async () => {
    const source = await sourceOf();
    const target = await aTarget();
    const blind = but(target, {
      async *read(stream, options) {
        if (stream !== 'audit-3') yield* target.read(stream, options);
      },
    });

    await expect(copyLog({ source, target: blind })).rejects.toMatchObject({
      code: 'copy-differs',
      message: expect.stringMatching(/audit-3 .* by its name/) as string,
    });
  });
});
