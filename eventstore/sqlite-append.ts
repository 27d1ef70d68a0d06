import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import {
  Conflict,
  type ExpectedRevision,
  type RecordedEvent,
  type StreamWrite,
} from './event-store.ts';
import { eventOf } from './sqlite-events-table.ts';

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
    const sentBefore = resent(db, write);
    if (sentBefore === undefined) added.push(...insert(db, write));
    else position = Math.max(position, sentBefore);
  }
  return { position: Math.max(position, Number(added.at(-1)?.position ?? 0)), added };
}

/** Where an earlier sending of the same append ended; undefined if the stream stands where it is expected. */
function resent(db: SqliteDb, { stream, expected, events }: StreamWrite): number | undefined {
  const [row] = db.lists('SELECT max(revision) FROM events WHERE stream = ?', stream);
  const last = row?.[0];
  const actual: ExpectedRevision = typeof last === 'number' ? last : 'none';
  if (actual === expected) return undefined;
  const rows = db.lists(
    'SELECT position, id FROM events WHERE stream = ? AND revision > ? ORDER BY revision LIMIT ?',
    stream,
    before(expected),
    events.length,
  );
  const same = events.every((event, index) => event.id === rows[index]?.[1]);
  if (!same) throw new Conflict({ stream, expected }, actual);
  return Number(rows.at(-1)?.[0]);
}

/** Answers the events as they are read later: JSON makes something else of a negative zero. */
const insert = (db: SqliteDb, { stream, expected, events }: StreamWrite): RecordedEvent[] =>
  events.map(({ id, type, data, metadata }, index) => {
    const revision = before(expected) + 1 + index;
    const texts = [JSON.stringify(data), JSON.stringify(metadata)];
    const position = db.insert(
      'INSERT INTO events (stream, revision, id, type, data, metadata) VALUES (?, ?, ?, ?, ?, ?)',
      ...[stream, revision, id, type, ...texts],
    );
    return eventOf([position, stream, revision, id, type, ...texts]);
  });

const before = (expected: ExpectedRevision): number => (expected === 'none' ? -1 : expected);
