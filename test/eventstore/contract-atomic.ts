import { expect, test } from 'vitest';
import { collect, StreamAuthor } from '../support/log-events.ts';
import type { ContractCase } from './contract.ts';

/** Several streams in one append: all or nothing, or not at all. */
export function atomicContract(subject: ContractCase, atomic: boolean): void {
  const authors = () => [1, 2, 3].map((n) => new StreamAuthor(`${subject.fresh()}-${n}`));
  const lengths = (among: readonly StreamAuthor[]) =>
    Promise.all(
      among.map(async ({ stream }) => (await collect(subject.log.store.read(stream))).length),
    );

  test('says whether it writes several streams at once', () => {
    expect(subject.log.store.atomic).toBe(atomic);
  });

  if (!atomic) {
    test('refuses several streams in one append and writes none of them', async () => {
      const three = authors();

      await expect(subject.log.store.append(three.map((author) => author.next()))).rejects.toThrow(
        TypeError,
      );
      expect(await lengths(three)).toEqual([0, 0, 0]);
    });
    return;
  }

  test('writes several streams in one append', async () => {
    const three = authors();

    const { position } = await subject.log.store.append(three.map((author) => author.next({}, {})));

    expect(await lengths(three)).toEqual([2, 2, 2]);
    const [last] = await collect(
      subject.log.store.read(three[2]?.stream ?? '', { backwards: true, max: 1 }),
    );
    expect(last?.position).toBe(position);
  });

  test('writes none of several streams when one of them stands elsewhere', async () => {
    const three = authors();
    const [, , taken] = three;
    await subject.log.store.append(taken ? [taken.rival()] : []);

    await expect(
      subject.log.store.append(three.map((author) => author.next())),
    ).rejects.toMatchObject({ code: 'conflict', stream: taken?.stream, expected: 'none' });

    expect(await lengths(three)).toEqual([0, 0, 1]);
  });

  test('F15: recognises a resend of several streams after others wrote to one', async () => {
    const three = authors();
    const writes = three.map((author) => author.next());
    const first = await subject.log.store.append(writes);
    const [moved] = three;
    await subject.log.store.append(moved ? [moved.next()] : []);

    expect(await subject.log.store.append(writes)).toEqual(first);
    expect(await lengths(three)).toEqual([2, 1, 1]);
  });

  test('refuses one stream twice in an append, as a mistake of its caller', async () => {
    const author = new StreamAuthor(subject.fresh());

    await expect(subject.log.store.append([author.next(), author.next()])).rejects.toThrow(
      TypeError,
    );
    expect(await lengths([author])).toEqual([0]);
  });
}
