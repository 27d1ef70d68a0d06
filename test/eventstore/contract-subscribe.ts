import { expect, test } from 'vitest';
import type { CaughtUp, Position, RecordedEvent } from '../../eventstore/event-store.ts';
import { isCaughtUp, StreamAuthor, untilCaughtUp } from '../support/log-events.ts';
import type { ContractCase } from './contract.ts';

/** Reading everything, in order, for ever. */
export function subscribeContract(subject: ContractCase): void {
  const subscribe = (prefix: string, from?: Position) => {
    const abort = new AbortController();
    const { signal } = abort;
    const stream = subject.log.store.subscribe({ from, prefixes: [prefix], signal });
    const items = stream[Symbol.asyncIterator]();
    return { abort, next: async () => shown(await items.next()), items };
  };
  const shown = (result: IteratorResult<RecordedEvent | CaughtUp, unknown>) => {
    if (result.done) return 'end';
    return isCaughtUp(result.value) ? 'caught up' : result.value.id;
  };
  const idsOf = (events: readonly { readonly id: string }[]) => events.map(({ id }) => id);

  const twoStreams = async (prefix: string) => {
    const authors = [1, 2].map((n) => new StreamAuthor(`${prefix}-${n}`));
    const ids: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      for (const author of authors) {
        const write = author.next({}, {});
        ids.push(...idsOf(write.events));
        await subject.log.store.append([write]);
      }
    }
    return ids;
  };

  test('I3: delivers all streams in the order of their appends, positions strictly growing', async () => {
    const prefix = subject.fresh();
    const ids = await twoStreams(prefix);

    const events = await untilCaughtUp(subject.log.store, { prefixes: [prefix] });

    expect(idsOf(events)).toEqual(ids);
    const positions = events.map(({ position }) => position);
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => (a < b ? -1 : 1)));
  });

  test('resumes exactly after any checkpoint', async () => {
    const prefix = subject.fresh();
    const ids = await twoStreams(prefix);
    const events = await untilCaughtUp(subject.log.store, { prefixes: [prefix] });

    for (const [index, { position }] of events.entries()) {
      const rest = await untilCaughtUp(subject.log.store, { from: position, prefixes: [prefix] });
      expect(idsOf(rest)).toEqual(ids.slice(index + 1));
    }
  });

  test('delivers only streams under the prefixes asked for', async () => {
    const [one, two, three] = [subject.fresh(), subject.fresh(), subject.fresh()];
    const from = await subject.log.store.head();
    for (const stream of [one, two, three, `not-${one}`, `${one}-more`]) {
      await subject.log.store.append([new StreamAuthor(stream).next()]);
    }

    const events = await untilCaughtUp(subject.log.store, { from, prefixes: [one, three] });
    const all = await untilCaughtUp(subject.log.store, { from, prefixes: [] });

    expect(events.map(({ stream }) => stream)).toEqual([one, three, `${one}-more`]);
    expect(all.map(({ stream }) => stream)).toEqual(
      expect.arrayContaining([one, two, three, `not-${one}`, `${one}-more`]),
    );
  });

  test('tells that it has caught up, then delivers what is appended and tells it again', async () => {
    const author = new StreamAuthor(subject.fresh());
    const before = author.next();
    await subject.log.store.append([before]);
    const { next, abort } = subscribe(author.stream);

    expect([await next(), await next()]).toEqual([...idsOf(before.events), 'caught up']);
    for (let count = 0; count < 3; count += 1) {
      const live = author.next();
      await subject.log.store.append([live]);
      expect([await next(), await next()]).toEqual([...idsOf(live.events), 'caught up']);
    }
    abort.abort();
    expect(await next()).toBe('end');
  });

  test('F9: delivers within 2 s what another process appends', async () => {
    const author = new StreamAuthor(subject.fresh());
    const other = await subject.log.another();
    const { next, abort } = subscribe(author.stream, await subject.log.store.head());
    expect(await next()).toBe('caught up');
    const write = author.next();

    await other.append([write]);
    const since = performance.now();

    expect(await next()).toBe(write.events[0]?.id);
    expect(performance.now() - since).toBeLessThan(2_000);
    abort.abort();
  });

  test('is caught up at once on a log without streams of its own', async () => {
    const { next, abort } = subscribe(subject.fresh());

    expect(await next()).toBe('caught up');
    abort.abort();
  });

  test('ends by abort: while waiting, between two events, and before it began', async () => {
    const author = new StreamAuthor(subject.fresh());
    await subject.log.store.append([author.next({}, {}, {})]);
    const between = subscribe(author.stream);
    await between.next();
    between.abort.abort();
    expect(await between.next()).toBe('end');

    const before = subscribe(author.stream);
    before.abort.abort();
    expect(await before.next()).toBe('end');

    const waiting = subscribe(author.stream, await subject.log.store.head());
    expect(await waiting.next()).toBe('caught up');
    const end = waiting.next();
    waiting.abort.abort();
    expect(await end).toBe('end');
  });

  test('ends when its reader stops', async () => {
    const author = new StreamAuthor(subject.fresh());
    await subject.log.store.append([author.next({}, {})]);
    const { items } = subscribe(author.stream);
    await items.next();

    expect(await items.return?.()).toMatchObject({ done: true });
    expect(await items.next()).toMatchObject({ done: true });
  });
}
