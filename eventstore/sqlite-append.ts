import type { Row, SqliteDb } from '../sqlite/sqlite-driver.ts';
import {
  Conflict,
  type ExpectedRevision,
  type NewEvent,
  type RecordedEvent,
  type StreamWrite,
} from './event-store.ts';
import { recordedEvent } from './sqlite-events-table.ts';

/** What an append did, inside its transaction. */
export interface AppendOutcome {
  /** Of the last event, in the file's own numbers. */
  readonly position: number;
  /** What was really added; empty for a recognised resend. */
  readonly added: readonly RecordedEvent[];
}

/**
 * Writes every stream at its expected revision, or recognises that this very append was written before.
 * Call inside a write transaction. Throws Conflict; the caller then rolls back.
 */
export function appendAll(db: SqliteDb, writes: readonly StreamWrite[]): AppendOutcome {
  let position = 0;
  const added: RecordedEvent[] = [];
  for (const write of writes) {
    const rows = resent(db, write) ?? insert(db, write);
    for (const { row, isNew } of rows) {
      position = Math.max(position, Number(row['position']));
      if (isNew) added.push(recordedEvent(row));
    }
  }
  return { position, added };
}

interface Placed {
  readonly row: Row;
  readonly isNew: boolean;
}

/** The rows of an earlier sending of the same append; undefined if the stream stands where it is expected. */
function resent(db: SqliteDb, write: StreamWrite): Placed[] | undefined {
  const last = db.get('SELECT max(revision) AS last FROM events WHERE stream = ?', write.stream);
  const actual: ExpectedRevision = typeof last?.['last'] === 'number' ? last['last'] : 'none';
  if (actual === write.expected) return undefined;
  const rows = db.all(
    'SELECT position, id FROM events WHERE stream = ? AND revision > ? ORDER BY revision LIMIT ?',
    write.stream,
    before(write.expected),
    write.events.length,
  );
  const same = write.events.every((event, index) => event.id === rows[index]?.['id']);
  if (!same) throw new Conflict(write, actual);
  return rows.map((row) => ({ row, isNew: false }));
}

function insert(db: SqliteDb, { stream, expected, events }: StreamWrite): Placed[] {
  return events.map((event, index) => {
    const row = rowOf(event, stream, before(expected) + 1 + index);
    const inserted = db.get(
      `INSERT INTO events (stream, revision, id, type, data, metadata) VALUES (?, ?, ?, ?, ?, ?)
       RETURNING position`,
      ...Object.values(row),
    );
    return { row: { ...row, ...inserted }, isNew: true };
  });
}

const rowOf = (event: NewEvent, stream: string, revision: number) => ({
  stream,
  revision,
  id: event.id,
  type: event.type,
  data: JSON.stringify(event.data),
  metadata: JSON.stringify(event.metadata),
});

const before = (expected: ExpectedRevision): number => (expected === 'none' ? -1 : expected);
