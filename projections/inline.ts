import type { EventStore, RecordedEvent } from '../eventstore/event-store.ts';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import type { SqliteWriter } from '../sqlite/sqlite-writer.ts';
import { applyInOrder } from './apply-in-order.ts';
import { prepareReadModel, projectionState } from './read-model.ts';

/** The lookups of the embedded log, kept in the same file and moved in the transaction of the append itself. */
export const inlineLookups = {
  apply(db: SqliteDb, events: readonly RecordedEvent[]): void {
    applyInOrder(db, events, { surprises: 'stop' });
  },
};

const BATCH = 500;

/**
 * Brings the lookups of an embedded log up to its head at start: a new version of the tables, or a log that another
 * program wrote. Stops at an event it cannot apply, as always.
 */
export async function catchUpInline(store: EventStore, writer: SqliteWriter): Promise<void> {
  await writer.write(prepareReadModel);
  const { position, stopped } = await writer.write(projectionState);
  if (stopped || position >= (await store.head())) return;
  const abort = new AbortController();
  let batch: RecordedEvent[] = [];
  const flush = async () => {
    const events = batch;
    batch = [];
    await writer.write((db) => applyInOrder(db, events, { surprises: 'stop' }));
  };
  for await (const item of store.subscribe({
    from: position,
    prefixes: [],
    signal: abort.signal,
  })) {
    if ('caughtUp' in item) break;
    batch.push(item);
    if (batch.length >= BATCH) await flush();
  }
  abort.abort();
  await flush();
}
