import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { collect, endOf, lastOf, StreamAuthor } from '../support/log-events.ts';
import type { ContractCase } from './contract.ts';

/** One writer: revisions, positions, refusals, resends. */
export function appendContract(subject: ContractCase): void {
  const read = (stream: string) => collect(subject.log.store.read(stream));

  test('keeps what was appended, at revisions from 0 and growing positions', async () => {
    const author = new StreamAuthor(subject.fresh());
    const data = {
      text: 'zß水🧵\u0000"\\',
      list: [1, -0.5, 1e21, true, null, { deep: [] }],
      none: {},
    };
    const write = author.next({ type: 'Began', data }, { type: 'WentOn' });

    const { position } = await subject.log.store.append([write]);

    const events = await read(author.stream);
    expect(events).toMatchObject([
      { ...write.events[0], stream: author.stream, revision: 0, data },
      { ...write.events[1], stream: author.stream, revision: 1 },
    ]);
    expect(events[0]?.metadata).toEqual(write.events[0]?.metadata);
    expect(events[1]?.position).toBe(position);
    expect(events[0]?.position).toBeLessThan(position);
    expect(await subject.log.store.head()).toBeGreaterThanOrEqual(position);
  });

  test('refuses a stale revision, tells where the stream stands, and writes nothing', async () => {
    const author = new StreamAuthor(subject.fresh());
    await subject.log.store.append([author.next()]);
    const stale = author.rival();
    await subject.log.store.append([author.next()]);

    await expect(subject.log.store.append([stale])).rejects.toMatchObject({
      code: 'conflict',
      stream: author.stream,
      expected: 0,
    });
    expect(await read(author.stream)).toHaveLength(2);
  });

  test('refuses "must not exist" where the stream exists', async () => {
    const author = new StreamAuthor(subject.fresh());
    const rival = author.rival();
    await subject.log.store.append([author.next()]);

    await expect(subject.log.store.append([rival])).rejects.toMatchObject({
      code: 'conflict',
      expected: 'none',
    });
    expect(await read(author.stream)).toHaveLength(1);
  });

  test('refuses a revision that the stream has not reached', async () => {
    const author = new StreamAuthor(subject.fresh(), { revision: 3, chain: 'AAAA' });

    await expect(subject.log.store.append([author.next()])).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await read(author.stream)).toEqual([]);
  });

  test('F15: recognises a resend and adds nothing', async () => {
    const author = new StreamAuthor(subject.fresh());
    const write = author.next({}, {});
    const first = await subject.log.store.append([write]);

    const again = await subject.log.store.append([write]);

    expect(again).toEqual(first);
    expect(await read(author.stream)).toHaveLength(2);
  });

  test('F15: recognises a resend after others wrote, and from another process', async () => {
    const author = new StreamAuthor(subject.fresh());
    await subject.log.store.append([author.next()]);
    const write = author.next();
    const first = await subject.log.store.append([write]);
    for (let count = 0; count < 3; count += 1) await subject.log.store.append([author.next()]);
    const other = await subject.log.another();

    expect(await subject.log.store.append([write])).toEqual(first);
    expect(await other.append([write])).toEqual(first);
    expect(await read(author.stream)).toHaveLength(5);
  });

  test('F15: keeps the old data when the same ids come with other data', async () => {
    const author = new StreamAuthor(subject.fresh());
    const id = randomUUID();
    const changed = author.rival({ id, data: { word: 'new' } });
    await subject.log.store.append([author.next({ id, data: { word: 'old' } })]);

    await subject.log.store.append([changed]);

    expect(await read(author.stream)).toMatchObject([{ id, data: { word: 'old' } }]);
  });

  test('refuses known ids at a place where they do not stand', async () => {
    const author = new StreamAuthor(subject.fresh());
    const [id, other] = [randomUUID(), randomUUID()];
    await subject.log.store.append([author.next({ id })]);
    const elsewhere = author.rival({ id });
    await subject.log.store.append([author.next({ id: other })]);
    const longer = new StreamAuthor(author.stream).rival({ id }, { id: other }, {});

    await expect(subject.log.store.append([elsewhere])).rejects.toMatchObject({ code: 'conflict' });
    await expect(subject.log.store.append([longer])).rejects.toMatchObject({ code: 'conflict' });
    expect(await read(author.stream)).toHaveLength(2);
  });

  test('keeps an event of nearly 1 MiB whole, and what follows it', async () => {
    const author = new StreamAuthor(subject.fresh());
    const text = 'latchkey'.repeat(130_000);
    await subject.log.store.append([author.next({ data: { text } })]);
    await subject.log.store.append([author.next({ data: { text: `${text}!` } })]);

    const events = await read(author.stream);

    expect(events.map(({ data }) => data['text'] === text)).toEqual([true, false]);
    expect(events[1]?.data['text'] === `${text}!`).toBe(true);
    const last = await lastOf(subject.log.store, author.stream);
    expect(endOf(author.stream, last).revision).toBe(1);
  });

  test('refuses an append without events, as a mistake of its caller', async () => {
    const stream = subject.fresh();

    await expect(subject.log.store.append([])).rejects.toThrow(TypeError);
    await expect(
      subject.log.store.append([{ stream, expected: 'none', events: [] }]),
    ).rejects.toThrow(TypeError);
    expect(await read(stream)).toEqual([]);
  });
}
