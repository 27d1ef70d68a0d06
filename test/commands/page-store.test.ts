import { describe, expect, test } from 'vitest';
import { withCopy } from '../../commands/page-store.ts';
import { Unavailable, type RecordedEvent } from '../../eventstore/event-store.ts';
import { LogDamaged } from '../../eventstore/log-damaged.ts';
import { openSqliteEventStore } from '../../eventstore/sqlite-event-store.ts';
import { collect, StreamAuthor } from '../support/log-events.ts';

/** A log of one account with four events, which breaks before the nth with a fault; and a copy of the first `copied`. */
async function aLog({
  breaksAt,
  copied,
  fault,
}: {
  breaksAt: number;
  copied: number;
  fault: Error;
}) {
  const log = await openSqliteEventStore({ path: ':memory:' });
  const author = new StreamAuthor('account-1');
  await log.append([author.next({}, {}, {}, {})]);
  const events = await collect(log.read('account-1'));
  await log.close();
  const asked: number[] = [];
  const store = withCopy(
    {
      async *read(_stream, { from = 0 } = {}): AsyncGenerator<RecordedEvent> {
        for (const event of events.slice(from)) {
          if (event.revision >= breaksAt) throw fault;
          yield event;
        }
        if (breaksAt >= events.length) return;
        throw fault;
      },
    },
    (_stream, from) => {
      asked.push(from);
      if (copied === 0) return undefined;
      return events.slice(0, copied).filter(({ revision }) => revision >= from);
    },
  );
  const revisions = async (from = 0) =>
    (await collect(store.read('account-1', { from }))).map(({ revision }) => revision);
  return { store, revisions, asked };
}

const away = new Unavailable('away');

describe('F24 what a page reads', () => {
  test('is the log, and the copy is not asked, while the log answers', async () => {
    const { revisions, asked } = await aLog({ breaksAt: 4, copied: 4, fault: away });
    expect(await revisions()).toEqual([0, 1, 2, 3]);
    expect(asked).toEqual([]);
  });

  test('is the copy when the log is away', async () => {
    const { revisions } = await aLog({ breaksAt: 0, copied: 3, fault: away });
    expect(await revisions()).toEqual([0, 1, 2]);
  });

  test('is the log as far as it came and then the copy, nothing twice', async () => {
    const { revisions, asked } = await aLog({ breaksAt: 2, copied: 4, fault: away });
    expect(await revisions()).toEqual([0, 1, 2, 3]);
    expect(asked).toEqual([2]);
  });

  test('adds nothing to what was read before where the copy has no more', async () => {
    const { revisions } = await aLog({ breaksAt: 0, copied: 2, fault: away });
    expect(await revisions(2)).toEqual([]);
  });

  test('is as unavailable as before where nobody copied the account: it is not taken for absent', async () => {
    const { revisions } = await aLog({ breaksAt: 0, copied: 0, fault: away });
    await expect(revisions()).rejects.toBe(away);
  });

  test('is never the copy of a log that is damaged', async () => {
    const fault = new LogDamaged('broken');
    const { revisions, asked } = await aLog({ breaksAt: 0, copied: 4, fault });
    await expect(revisions()).rejects.toBe(fault);
    expect(asked).toEqual([]);
  });

  test('is never the copy for a read that asks for the newest', async () => {
    const { store } = await aLog({ breaksAt: 0, copied: 4, fault: away });
    const newest = collect(store.read('account-1', { backwards: true, max: 1 }));
    await expect(newest).rejects.toBe(away);
  });
});
