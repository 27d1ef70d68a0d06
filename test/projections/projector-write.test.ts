import { beforeAll, describe, expect, test } from 'vitest';
import type { RecordedEvent } from '../../eventstore/event-store.ts';
import { keepAccountEvent } from '../../projections/account-events.ts';
import { writeBatch } from '../../projections/projector-write.ts';
import { leaseMs, takeLease } from '../../projections/projector-lease.ts';
import { projectionState, setCheckpoint } from '../../projections/read-model.ts';
import type { ReadModelFile } from '../../projections/read-model-file.ts';
import { aHistory, dumpOf, openModel } from '../support/projecting.ts';

let history: readonly RecordedEvent[];
beforeAll(async () => {
  ({ events: history } = await aHistory());
});

const now = Date.now();

async function held() {
  const model = await openModel();
  await model.writer.write((db) => takeLease(db, 'me', now));
  return model;
}

const write = (
  model: ReadModelFile,
  events: readonly RecordedEvent[],
  { from = 0n, me = 'me', at = now }: { from?: bigint; me?: string; at?: number } = {},
) =>
  model.writer.write((db) =>
    writeBatch(db, events, {
      from,
      holder: { me, now: at },
      handling: { surprises: 'throw', alsoKeep: keepAccountEvent },
    }),
  );

describe('a transaction of a projector', () => {
  test('moves rows, checkpoint and lease together', async () => {
    const model = await held();
    const { position } = await write(model, history.slice(0, 5), { at: now + leaseMs - 1 });
    expect(position).toBe(history[4]?.position);
    const taken = await model.writer.write((db) => takeLease(db, 'other', now + leaseMs));
    expect(taken).toBe(false);
  });

  test('writes nothing where another process has the lease', async () => {
    const model = await held();
    const empty = dumpOf(model);
    await model.writer.write((db) => takeLease(db, 'other', now + leaseMs));
    await expect(write(model, history)).rejects.toMatchObject({ code: 'lease-lost' });
    expect(dumpOf(model)).toBe(empty);
  });

  test('writes nothing where the checkpoint is not the one that was read', async () => {
    const model = await held();
    await write(model, history.slice(0, 5));
    const before = dumpOf(model);
    const from = history[4]?.position ?? 0n;
    await model.writer.write((db) => setCheckpoint(db, 1n));
    const moved = write(model, history.slice(5), { from });
    await expect(moved).rejects.toMatchObject({ code: 'checkpoint-moved' });
    expect(dumpOf(model)).toBe(before);
    expect(projectionState(model.db).position).toBe(1n);
  });

  test('writes nothing into tables of another version', async () => {
    const model = await held();
    const empty = dumpOf(model);
    await model.writer.write((db) => db.run('UPDATE projection_state SET version = 99'));
    await expect(write(model, history)).rejects.toMatchObject({ code: 'other-version' });
    expect(dumpOf(model)).toBe(empty);
  });
});
