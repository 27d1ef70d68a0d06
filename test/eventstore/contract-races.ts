import { expect, test } from 'vitest';
import { faultCode, type EventStore, type StreamWrite } from '../../eventstore/event-store.ts';
import { brokenLogInvariants } from '../support/invariants.ts';
import { collect, endOf, lastOf, StreamAuthor, writeAfter } from '../support/log-events.ts';
import type { ContractCase } from './contract.ts';

/** Many writers: one winner, nothing lost, no false success. */
export function raceContract(subject: ContractCase): void {
  const outcomes = (appends: readonly Promise<unknown>[]) =>
    Promise.all(
      appends.map((append) =>
        append.then(
          () => 'written',
          (error: unknown) => faultCode(error) ?? String(error),
        ),
      ),
    );

  test.each([20, 50])('F10: of %i parallel "must not exist" exactly one wins', async (many) => {
    const stream = subject.fresh();
    const rivals = Array.from({ length: many }, () => new StreamAuthor(stream).next());
    const two = [subject.log.store, await subject.log.another()];

    const told = await outcomes(
      rivals.map((write, index) => (two[index % 2] ?? subject.log.store).append([write])),
    );

    expect(told.filter((outcome) => outcome === 'written')).toHaveLength(1);
    expect(told.filter((outcome) => outcome === 'conflict')).toHaveLength(many - 1);
    const winner = rivals[told.indexOf('written')];
    expect(await collect(subject.log.store.read(stream))).toMatchObject([
      { id: winner?.events[0]?.id },
    ]);
  });

  test('F14, F15: one append sent ten times in parallel is written once', async () => {
    const author = new StreamAuthor(subject.fresh());
    await subject.log.store.append([author.next()]);
    const write = author.next();

    const told = await outcomes(
      Array.from({ length: 10 }, () => subject.log.store.append([write])),
    );

    // A store may drop a duplicate of an append in flight and leave its sender in doubt, but never lie.
    expect(
      told.filter((outcome) => outcome !== 'written' && outcome !== 'outcome-unknown'),
    ).toEqual([]);
    expect(told).toContain('written');
    expect(await collect(subject.log.store.read(author.stream))).toHaveLength(2);
  });

  test('F10, I1, I2, I3: 200 racing appends lose nothing and report no false success', async () => {
    const stream = subject.fresh();
    const two = [subject.log.store, await subject.log.another()];
    const acknowledged: StreamWrite[] = [];

    await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        for (let count = 0; count < 25; count += 1) {
          acknowledged.push(await appendInRace(two[index % 2] ?? subject.log.store, stream));
        }
      }),
    );

    expect(await collect(subject.log.store.read(stream))).toHaveLength(200);
    expect(await brokenLogInvariants(subject.log.store, [stream], acknowledged)).toEqual([]);
  });
}

/** Reads where the stream ends and appends there, as often as it takes. */
async function appendInRace(store: EventStore, stream: string): Promise<StreamWrite> {
  for (;;) {
    const write = writeAfter(stream, endOf(stream, await lastOf(store, stream)), [{}]);
    try {
      await store.append([write]);
      return write;
    } catch (error) {
      if (faultCode(error) !== 'conflict') throw error;
    }
  }
}
