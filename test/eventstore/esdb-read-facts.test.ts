import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  BACKWARDS,
  END,
  NO_STREAM,
  START,
  streamNameFilter,
  type Position,
  type ReadPosition,
} from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RawClient, rawEvent, rejection } from '../support/esdb-raw.ts';
import { logServers, type LogServer } from '../support/esdb-servers.ts';

describe.each(logServers)('reading, %s:', (_name, start) => {
  let server: LogServer;
  let raw: RawClient;
  const stream = `facts-${randomUUID()}`;
  const ids = Array.from({ length: 4 }, () => randomUUID());
  const positions: Position[] = [];
  const at = (index: number): Position => {
    const position = positions[index];
    if (!position) throw new Error(`no event ${index}`);
    return position;
  };
  const after = ({ commit }: Position): Position => ({ commit: commit + 1n, prepare: commit + 1n });
  beforeAll(async () => {
    server = await start();
    raw = new RawClient(server.url);
    for (const [index, id] of ids.entries()) {
      const expected = index === 0 ? NO_STREAM : BigInt(index - 1);
      const { position } = await raw.append(stream, expected, rawEvent({ id }));
      if (position) positions.push(position);
    }
  });
  afterAll(async () => {
    await raw.close();
    await server.stop();
  });

  test('a missing stream is an error with a type, no event is a missing event', async () => {
    expect(await rejection(raw.read(`${stream}-not`))).toMatchObject({ type: 'stream-not-found' });
    expect(await raw.read(stream, { fromRevision: 99n })).toEqual([]);
  });

  test('backwards from beyond the end begins at the end', async () => {
    const found = await raw.read(stream, { direction: BACKWARDS, fromRevision: 99n, maxCount: 2 });

    expect(found.map(({ revision }) => revision)).toEqual([3n, 2n]);
  });

  test('asking for no event is an unknown error', async () => {
    expect(await rejection(raw.read(stream, { maxCount: 0 }))).toMatchObject({
      code: 2,
      type: 'unknown',
    });
  });

  test('$all begins with the position forwards, and before it backwards', async () => {
    const forwards = await raw.readAll({ fromPosition: at(1), maxCount: 1 });
    const backwards = await raw.readAll({
      fromPosition: at(1),
      maxCount: 1,
      direction: BACKWARDS,
    });

    expect([forwards[0]?.id, backwards[0]?.id]).toEqual([ids[1], ids[0]]);
  });

  test('$all holds what the server writes for itself', async () => {
    const found = await raw.readAll({ maxCount: 1 });

    expect(found[0]?.streamId).toMatch(/^\$/);
  });

  test('$all takes a filter without a word and ignores it', async () => {
    const options = {
      fromPosition: at(0),
      maxCount: 3,
      filter: streamNameFilter({ prefixes: ['nobody'] }),
    };

    expect(await raw.readAll(options)).toHaveLength(3);
  });

  test('a position that is no record is an unknown error, one beyond the end is none', async () => {
    const fromPosition = after(at(1));
    const beyond = { commit: 10n ** 15n, prepare: 10n ** 15n };

    expect(await rejection(raw.readAll({ fromPosition, maxCount: 1 }))).toMatchObject({ code: 2 });
    expect(
      await rejection(raw.readAll({ fromPosition, maxCount: 1, direction: BACKWARDS })),
    ).toMatchObject({ code: 2 });
    expect(await raw.readAll({ fromPosition: beyond, maxCount: 1 })).toEqual([]);
  });

  /** What a subscription says until it is level or breaks, and a moment longer. */
  const heard = async (fromPosition: ReadPosition, prefixes: string[]) => {
    const words: string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const subscription = raw.client
      .subscribeToAll({ fromPosition, filter: streamNameFilter({ prefixes }) })
      .on('confirmation', () => words.push('confirmed'))
      .on('data', ({ event }) => words.push(event?.id ?? 'no event'))
      .on('caughtUp', () => resolve(void words.push('caught up')))
      .on('error', (error) =>
        resolve(void words.push(`error ${'code' in error ? String(error.code) : ''}`)),
      );
    await promise;
    await sleep(100);
    await subscription.unsubscribe();
    return words;
  };

  test('a subscription begins behind its position, filters, and says when it is level', async () => {
    expect(await heard(START, [stream])).toEqual(['confirmed', ...ids, 'caught up']);
    expect(await heard(at(1), [stream])).toEqual(['confirmed', ids[2], ids[3], 'caught up']);
    expect(await heard(at(3), [stream])).toEqual(['confirmed', 'caught up']);
  });

  test('a subscription to no prefix is one to nothing', async () => {
    expect(await heard(START, [])).toEqual(['confirmed', 'caught up']);
  });

  test('a subscription from no record breaks, and one from beyond the end does not', async () => {
    expect(await heard(after(at(1)), [stream])).toEqual(['error 2']);
    expect(await heard({ commit: 10n ** 15n, prepare: 10n ** 15n }, [stream])).toEqual([
      'confirmed',
      'caught up',
    ]);
  });

  test('checkpoints stand at events of others: no place to begin again from', async () => {
    const reached: bigint[] = [];
    const foreign = `facts-${randomUUID()}`;
    const filter = streamNameFilter({
      prefixes: [stream],
      checkpointReached: (_subscription, { commit }) => void reached.push(commit),
    });
    const subscription = raw.client.subscribeToAll({ fromPosition: END, filter });
    subscription.on('error', () => undefined).on('data', () => undefined);
    await sleep(250);
    for (let count = 0; count < 3; count += 1) {
      const events = Array.from({ length: 32 }, () => rawEvent());
      await raw.append(foreign, count === 0 ? NO_STREAM : BigInt(32 * count - 1), ...events);
    }
    await sleep(250);
    await subscription.unsubscribe();

    const ours = positions.map(({ commit }) => commit);
    expect(reached.length).toBeGreaterThanOrEqual(2);
    expect(reached.filter((position) => ours.includes(position))).toEqual([]);
  });

  test('a live reader that falls 32 events behind is dropped', async () => {
    const many = `facts-${randomUUID()}`;
    const filter = streamNameFilter({ prefixes: [many] });
    const subscription = raw.client.subscribeToAll({ fromPosition: END, filter });
    const dropped = new Promise<unknown>((resolve) => subscription.on('error', resolve));
    const confirmed = new Promise((resolve) => subscription.on('confirmation', resolve));
    await confirmed;
    await sleep(100);
    const text = 'x'.repeat(10_000);
    for (let count = 0; count < 20; count += 1) {
      const events = Array.from({ length: 20 }, () => rawEvent({ data: { text } }));
      await raw.append(many, count === 0 ? NO_STREAM : BigInt(20 * count - 1), ...events);
    }

    // Nobody has read a single event: what the server sends stays in buffers until it gives up.
    subscription.resume();
    expect(await dropped).toMatchObject({ code: 10, type: 'timeout' });
  });
});
