import { statSync } from 'node:fs';
import type { Row, SqliteDb } from '../sqlite/sqlite-driver.ts';
import { chainStart, continuesChain } from './chain.ts';
import type { RecordedEvent } from './event-store.ts';
import { LogDamaged } from './log-damaged.ts';
import { underGivenName, type StreamNames } from './prefix.ts';
import { recordedEvent } from './sqlite-events-table.ts';

const checkedEvents = 1_000;
/** Files up to 16 MiB are checked whole at start, in tens of milliseconds; larger ones in the background. */
const checkedWholePages = 4_096;

/**
 * A log file that is missing or empty beside a write-ahead log that is not: SQLite would throw that away.
 * Throws LogDamaged. Call before opening.
 */
export function checkNothingIsLost(path: string): void {
  const size = (name: string) => statSync(name, { throwIfNoEntry: false })?.size ?? 0;
  if (size(path) > 0 || size(`${path}-wal`) === 0) return;
  throw new LogDamaged(`${path} is missing or empty, but ${path}-wal holds events`);
}

/** Structure of a small file, then the chains of the last 1,000 events. Throws LogDamaged or SQLite's errors. */
export function checkRecentEvents(db: SqliteDb, names: StreamNames): void {
  if (Number(db.get('PRAGMA page_count')?.['page_count']) <= checkedWholePages) {
    const [problem] = db.all('PRAGMA integrity_check(1)').map((row) => row['integrity_check']);
    if (problem !== 'ok') throw new LogDamaged(`${db.path} is damaged: ${JSON.stringify(problem)}`);
  }
  const heads = new Map<string, RecordedEvent>();
  for (const row of recent(db)) {
    const event = recordedEvent(row);
    if (!names.ours(event.stream)) continue;
    checkLink(event, heads.get(event.stream) ?? eventBefore(db, event), names);
    heads.set(event.stream, event);
  }
}

const recent = (db: SqliteDb): IterableIterator<Row> =>
  db.iterate(
    `SELECT * FROM events WHERE position > ifnull(
       (SELECT position FROM events ORDER BY position DESC LIMIT 1 OFFSET ?), 0) ORDER BY position`,
    checkedEvents,
  );

function eventBefore(db: SqliteDb, { stream, revision }: RecordedEvent): RecordedEvent | undefined {
  const row = db.get(
    'SELECT * FROM events WHERE stream = ? AND revision < ? ORDER BY revision DESC LIMIT 1',
    stream,
    revision,
  );
  return row && recordedEvent(row);
}

function checkLink(
  event: RecordedEvent,
  last: RecordedEvent | undefined,
  names: StreamNames,
): void {
  const given = underGivenName(event, names);
  const chain = last?.metadata.chain ?? chainStart(given.stream);
  if (event.revision === (last?.revision ?? -1) + 1 && continuesChain(chain, given)) return;
  const { stream, revision, position } = event;
  throw new LogDamaged(`${stream} revision ${revision} does not continue its stream`, {
    stream,
    revision,
    position,
  });
}
