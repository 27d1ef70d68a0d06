import { expect, test } from 'vitest';
import type { ReadOptions } from '../../eventstore/event-store.ts';
import { collect, StreamAuthor } from '../support/log-events.ts';
import type { ContractCase } from './contract.ts';

/** Reading one stream. */
export function readContract(subject: ContractCase): void {
  const streamOf = async (length: number) => {
    const author = new StreamAuthor(subject.fresh());
    await subject.log.store.append([author.next(...Array.from({ length }, () => ({})))]);
    return author.stream;
  };
  const revisions = async (stream: string, options: ReadOptions) =>
    (await collect(subject.log.store.read(stream, options))).map(({ revision }) => revision);

  test('reads a missing stream as empty, in both directions', async () => {
    const stream = subject.fresh();

    expect(await revisions(stream, {})).toEqual([]);
    expect(await revisions(stream, { backwards: true })).toEqual([]);
    expect(await revisions(stream, { from: 4, max: 2 })).toEqual([]);
  });

  test('reads from a revision on, backwards, and no more than asked for', async () => {
    const stream = await streamOf(5);

    expect(await revisions(stream, { from: 2 })).toEqual([2, 3, 4]);
    expect(await revisions(stream, { max: 2 })).toEqual([0, 1]);
    expect(await revisions(stream, { from: 1, max: 2 })).toEqual([1, 2]);
    expect(await revisions(stream, { backwards: true })).toEqual([4, 3, 2, 1, 0]);
    expect(await revisions(stream, { backwards: true, max: 1 })).toEqual([4]);
    expect(await revisions(stream, { backwards: true, from: 2, max: 2 })).toEqual([2, 1]);
  });

  test('reads nothing from beyond the end, and backwards from beyond it the whole stream', async () => {
    const stream = await streamOf(2);

    expect(await revisions(stream, { from: 2 })).toEqual([]);
    expect(await revisions(stream, { from: 9, backwards: true })).toEqual([1, 0]);
  });

  test('reads a stream longer than any page without gap or repetition', async () => {
    const stream = await streamOf(1_100);

    expect(await revisions(stream, {})).toEqual(Array.from({ length: 1_100 }, (_, n) => n));
    expect((await revisions(stream, { backwards: true })).at(-1)).toBe(0);
  });

  test('does not take a stream for another whose name begins alike', async () => {
    const stream = await streamOf(1);

    expect(await revisions(stream.slice(0, -1), {})).toEqual([]);
    expect(await revisions(`${stream}x`, {})).toEqual([]);
  });

  test('lets a reader stop in the middle', async () => {
    const stream = await streamOf(3);

    for await (const event of subject.log.store.read(stream)) {
      if (event.revision === 1) break;
    }

    expect(await revisions(stream, {})).toEqual([0, 1, 2]);
  });

  test('shows an acknowledged append to another process at once', async () => {
    const other = await subject.log.another();
    const author = new StreamAuthor(subject.fresh());
    await subject.log.store.append([author.next()]);

    expect(await collect(other.read(author.stream))).toHaveLength(1);
    await other.append([author.next()]);
    expect(await revisions(author.stream, {})).toEqual([0, 1]);
  });
}
