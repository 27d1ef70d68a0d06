import { randomUUID } from 'node:crypto';
import { NO_STREAM } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RawClient, rawEvent, rejection, type RawEvent } from '../support/esdb-raw.ts';
import { logServers, type LogServer } from '../support/esdb-servers.ts';

describe.each(logServers)('appending by the classic call, %s:', (_name, start) => {
  let server: LogServer;
  let raw: RawClient;
  const fresh = () => `facts-${randomUUID()}`;
  beforeAll(async () => {
    server = await start();
    raw = new RawClient(server.url);
  });
  afterAll(async () => {
    await raw.close();
    await server.stop();
  });
  const ids = async (stream: string) => (await raw.read(stream)).map(({ id }) => id);

  test('of 20 parallel "no stream" one wins, the others are told the version and no message', async () => {
    const stream = fresh();

    const told = await Promise.allSettled(
      Array.from({ length: 20 }, () => raw.append(stream, NO_STREAM, rawEvent())),
    );

    const lost = told.filter((outcome) => outcome.status === 'rejected');
    expect(lost).toHaveLength(19);
    for (const { reason } of lost) {
      expect(reason).toMatchObject({
        type: 'wrong-expected-version',
        expectedVersion: NO_STREAM,
        actualVersion: 0n,
        message: '',
        code: undefined,
      });
    }
  });

  test('a missing stream is told as "no stream", and revisions are BigInt', async () => {
    const told = await rejection(raw.append(fresh(), 3n, rawEvent()));

    expect(told).toMatchObject({ expectedVersion: 3n, actualVersion: NO_STREAM });
  });

  test('the same ids at the same revision succeed again with the first answer, also after the stream moved on', async () => {
    const stream = fresh();
    const events = [rawEvent(), rawEvent()];
    const first = await raw.append(stream, NO_STREAM, ...events);

    expect(await raw.append(stream, NO_STREAM, ...events)).toEqual(first);
    await raw.append(stream, 1n, rawEvent());
    expect(await raw.append(stream, NO_STREAM, ...events)).toEqual(first);
    expect(first.nextExpectedRevision).toBe(1n);
    expect(await ids(stream)).toHaveLength(3);
  });

  test('the answer names the position of the last event, commit and prepare alike', async () => {
    const stream = fresh();
    const { position } = await raw.append(stream, NO_STREAM, rawEvent(), rawEvent(), rawEvent());

    const positions = (await raw.read(stream)).map((event) => event.position);
    expect(positions.at(-1)).toEqual(position);
    expect(positions.every((place) => place?.commit === place?.prepare)).toBe(true);
    expect(new Set(positions.map((place) => place?.commit)).size).toBe(3);
  });

  test('the same id with other data succeeds, and the old data stays', async () => {
    const stream = fresh();
    const event = rawEvent({ data: { word: 'old' } });
    await raw.append(stream, NO_STREAM, event);

    await raw.append(stream, NO_STREAM, rawEvent({ id: event.id, data: { word: 'new' } }));

    expect((await raw.read(stream)).map(({ data }) => data)).toEqual([{ word: 'old' }]);
  });

  test('an old id at the current revision is written again', async () => {
    const stream = fresh();
    const event = rawEvent();
    await raw.append(stream, NO_STREAM, event);

    await raw.append(stream, 0n, event);

    expect(await ids(stream)).toEqual([event.id, event.id]);
  });

  test('known ids at another place, or with more behind them, are a wrong version', async () => {
    const stream = fresh();
    const [one, two] = [rawEvent(), rawEvent()];
    await raw.append(stream, NO_STREAM, one, two);

    const elsewhere = await rejection(raw.append(stream, 0n, one));
    const longer = await rejection(raw.append(stream, NO_STREAM, one, two, rawEvent()));

    expect([elsewhere, longer]).toMatchObject([
      { type: 'wrong-expected-version' },
      { type: 'wrong-expected-version' },
    ]);
    expect(await ids(stream)).toHaveLength(2);
  });

  /** The same append 20 times at once: what became of each, and when. */
  const twenty = async (stream: string, event: RawEvent) => {
    const since = performance.now();
    return Promise.all(
      Array.from({ length: 20 }, () =>
        raw.append(stream, NO_STREAM, event).then(
          () => undefined,
          (error: unknown) => ({ error, ms: performance.now() - since }),
        ),
      ),
    );
  };

  test('F14, F15: a duplicate of an append in flight times out after 2 to 3 s although the event is written; the next try succeeds', async () => {
    const found: { error: unknown; ms: number }[] = [];
    // A server that is quick enough has committed before the first duplicate comes.
    for (let round = 0; round < 10 && found.length === 0; round += 1) {
      const stream = fresh();
      const event = rawEvent();
      found.push(...(await twenty(stream, event)).filter((late) => late !== undefined));

      expect(await raw.append(stream, NO_STREAM, event)).toMatchObject({
        nextExpectedRevision: 0n,
      });
      expect(await ids(stream)).toEqual([event.id]);
    }

    expect(found.length).toBeGreaterThan(0);
    for (const { error, ms } of found) {
      expect(error).toMatchObject({ code: 10, type: 'timeout' });
      expect(ms).toBeGreaterThan(1_500);
      expect(ms).toBeLessThan(15_000);
    }
  });

  test('an empty append "succeeds" and leaves no stream', async () => {
    const stream = fresh();

    expect(await raw.append(stream, NO_STREAM)).toMatchObject({ success: true });

    expect(await rejection(raw.read(stream))).toMatchObject({ type: 'stream-not-found' });
  });

  test('one append holds 1 MiB of data and not a byte more', async () => {
    const frame = Buffer.byteLength('{"text":""}');
    const filled = (bytes: number) => rawEvent({ data: { text: 'x'.repeat(bytes - frame) } });

    await raw.append(fresh(), NO_STREAM, filled(1024 * 1024));
    const told = await rejection(raw.append(fresh(), NO_STREAM, filled(1024 * 1024 + 1)));
    const two = await rejection(
      raw.append(fresh(), NO_STREAM, filled(600 * 1024), filled(600 * 1024)),
    );

    expect([told, two]).toMatchObject([
      { type: 'maximum-append-size-exceeded', maxAppendSize: 1024 * 1024 },
      { type: 'maximum-append-size-exceeded' },
    ]);
  });

  test('an id that is no UUID is an error that says nothing', async () => {
    const told = await rejection(raw.append(fresh(), NO_STREAM, rawEvent({ id: 'event-1' })));

    expect(told).toMatchObject({ code: 2, type: 'unknown' });
  });

  test('a tombstone ends a stream for readers and writers', async () => {
    const stream = fresh();
    await raw.append(stream, NO_STREAM, rawEvent());
    await raw.client.tombstoneStream(stream);

    expect(await rejection(raw.append(stream, 0n, rawEvent()))).toMatchObject({
      type: 'stream-deleted',
    });
    expect(await rejection(raw.read(stream))).toMatchObject({ type: 'stream-deleted' });
  });
});
