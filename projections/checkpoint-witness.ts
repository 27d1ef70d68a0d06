import { z } from 'zod';
import type { EventStore, Position, RecordedEvent } from '../eventstore/event-store.ts';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';

/**
 * One event that was applied, by its place in the log. Positions are a store's own: a log that was copied to another
 * store, or put back from a backup, is the same log by its id and means other events by the same numbers.
 */
export const createWitness = `
  CREATE TABLE IF NOT EXISTS checkpoint_witness (
    one INTEGER PRIMARY KEY CHECK (one = 1), position INTEGER NOT NULL, stream TEXT NOT NULL,
    revision INTEGER NOT NULL, id TEXT NOT NULL
  ) STRICT;
`;

const witnessRow = z.object({
  position: z.string().transform(BigInt),
  stream: z.string(),
  revision: z.int(),
  id: z.string(),
});

/** Inside the transaction that applies the event. */
export function noteWitness(db: SqliteDb, { position, stream, revision, id }: RecordedEvent): void {
  db.run(
    'INSERT OR REPLACE INTO checkpoint_witness VALUES (1, ?, ?, ?, ?)',
    position,
    stream,
    revision,
    id,
  );
}

export const forgetWitness = (db: SqliteDb): void => {
  db.exec('DELETE FROM checkpoint_witness');
};

/** Does this store hold what the checkpoint counts on, where it stood? True for a checkpoint before any event. */
export async function checkpointIsOf(
  store: Pick<EventStore, 'read'>,
  db: SqliteDb,
  checkpoint: Position,
): Promise<boolean> {
  if (checkpoint === 0n) return true;
  const row = db.get(
    'SELECT CAST(position AS TEXT) AS position, stream, revision, id FROM checkpoint_witness',
  );
  if (!row) return false;
  const { position, stream, revision, id } = witnessRow.parse(row);
  for await (const event of store.read(stream, { from: revision, max: 1 })) {
    return event.revision === revision && event.id === id && event.position === position;
  }
  return false;
}
