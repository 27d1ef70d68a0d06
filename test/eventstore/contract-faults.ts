import { expect, test } from 'vitest';
import { faultCode, type StreamWrite } from '../../eventstore/event-store.ts';
import { collect, StreamAuthor } from '../support/log-events.ts';
import type { ContractCase, FaultsOnDemand } from './contract.ts';

/** The bar is 3 s, and holds on an idle machine: each call has a deadline of 2 s. A busy one is slow, not wrong. */
const inTimeMs = 9_000;

/** What an append says when something breaks, and that what it says is true. */
export function faultContract(subject: ContractCase): void {
  const faults = (): FaultsOnDemand => {
    if (!subject.log.faults) throw new Error('this log has no faults on demand');
    return subject.log.faults;
  };
  const append = (write: StreamWrite) => subject.log.store.append([write]);
  const stored = async (stream: string) =>
    (await collect(subject.log.store.read(stream))).map(({ id }) => id);
  const begun = async () => {
    const author = new StreamAuthor(subject.fresh());
    const first = author.next();
    await append(first);
    return { author, write: author.next(), id: first.events[0]?.id };
  };

  /** The same append again, one at a time, until somebody knows. */
  const settle = async (write: StreamWrite) => {
    for (let left = 20; ; left -= 1) {
      try {
        return await append(write);
      } catch (error) {
        if (left === 0 || faultCode(error) !== 'outcome-unknown') throw error;
      }
    }
  };

  test('F15: a lost answer is an unknown outcome, and the resend finds the event written', async () => {
    const { author, write, id } = await begun();
    await faults().loseNextAnswer();

    await expect(append(write)).rejects.toMatchObject({ code: 'outcome-unknown' });
    await faults().heal();
    expect(await stored(author.stream)).toEqual([id, write.events[0]?.id]);
    await settle(write);

    expect(await stored(author.stream)).toEqual([id, write.events[0]?.id]);
  });

  test('F15: a lost append is an unknown outcome, and the resend writes it', async () => {
    const { author, write, id } = await begun();
    await faults().loseNextAppend();

    await expect(append(write)).rejects.toMatchObject({ code: 'outcome-unknown' });
    await faults().heal();
    expect(await stored(author.stream)).toEqual([id]);
    await settle(write);

    expect(await stored(author.stream)).toEqual([id, write.events[0]?.id]);
  });

  test('F23, F24: an append that cannot be begun is told so within 9 s, is certainly not written, and works again after', async () => {
    const { author, write, id } = await begun();
    await faults().refuse();

    const since = performance.now();
    await expect(append(write)).rejects.toMatchObject({ code: 'unavailable' });
    expect(performance.now() - since).toBeLessThan(inTimeMs);
    await faults().heal();
    expect(await stored(author.stream)).toEqual([id]);
    await append(write);

    expect(await stored(author.stream)).toEqual([id, write.events[0]?.id]);
  });

  test('F25, F26: an append that meets silence ends by itself within 9 s and does not lie', async () => {
    const { author, write, id } = await begun();
    await faults().hang();

    const since = performance.now();
    const told = await append(write).then(() => 'written', faultCode);
    expect(performance.now() - since).toBeLessThan(inTimeMs);
    expect(['unavailable', 'outcome-unknown']).toContain(told);
    await faults().heal();
    if (told === 'unavailable') expect(await stored(author.stream)).toEqual([id]);
    await settle(write);

    expect(await stored(author.stream)).toEqual([id, write.events[0]?.id]);
  });

  test('F24, F26: a read that meets silence ends by itself within 9 s, with the truth or with none', async () => {
    const { author, id } = await begun();
    await faults().hang();

    const since = performance.now();
    const told = await stored(author.stream).catch(faultCode);
    expect(performance.now() - since).toBeLessThan(inTimeMs);
    expect([JSON.stringify([id]), '"unavailable"']).toContain(JSON.stringify(told));
    await faults().heal();

    expect(await stored(author.stream)).toEqual([id]);
  });

  test('a conflict stays a conflict when a fault has just passed', async () => {
    const { author, write } = await begun();
    const rival = author.rival();
    await faults().loseNextAnswer();
    await expect(append(write)).rejects.toMatchObject({ code: 'outcome-unknown' });
    await faults().heal();
    await settle(write);
    await append(rival);

    const stale = new StreamAuthor(author.stream).rival();
    await expect(append(stale)).rejects.toMatchObject({ code: 'conflict' });
  });
}
