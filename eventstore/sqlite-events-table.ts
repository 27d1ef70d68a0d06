import { z } from 'zod';
import type { Row, SqliteDb } from '../sqlite/sqlite-driver.ts';
import {
  actors,
  type EventMetadata,
  type JsonObject,
  type Position,
  type RecordedEvent,
} from './event-store.ts';
import { LogDamaged } from './log-damaged.ts';

/** "LKEY" in the file's header: whatever has another number is not ours. */
const applicationId = 0x4c4b4559;
const schemaVersion = 1;

const eventsTable = `CREATE TABLE events (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  stream TEXT NOT NULL,
  revision INTEGER NOT NULL CHECK (revision >= 0),
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  data TEXT NOT NULL,
  metadata TEXT NOT NULL,
  UNIQUE (stream, revision)
) STRICT`;

/** Writes the file's own version number again: a write that changes nothing, to learn whether one is possible. */
export const touchHeader = (db: SqliteDb): void =>
  db.exec(`PRAGMA user_version = ${schemaVersion}`);

/** Makes the table in an empty file. Call inside a write transaction. */
export function createEventsTable(db: SqliteDb): void {
  if (!isEmptyFile(db)) return;
  db.exec(eventsTable);
  db.exec(`PRAGMA application_id = ${applicationId}`);
  touchHeader(db);
}

/** A file without any table and without an owner's number. */
export const isEmptyFile = (db: SqliteDb): boolean =>
  pragma(db, 'application_id') === 0 && db.get('SELECT 1 FROM sqlite_schema LIMIT 1') === undefined;

/** Throws LogDamaged where header or table are not exactly what this program made. */
export function checkEventsTable(db: SqliteDb): void {
  if (pragma(db, 'application_id') !== applicationId) {
    throw new LogDamaged(`${db.path} is not a Latchkey log`);
  }
  const version = pragma(db, 'user_version');
  if (version !== schemaVersion) {
    throw new LogDamaged(
      `${db.path} has version ${JSON.stringify(version)}, this program reads version ${schemaVersion}`,
    );
  }
  const found = db.get(`SELECT sql FROM sqlite_schema WHERE name = 'events'`);
  if (found?.['sql'] !== eventsTable)
    throw new LogDamaged(`${db.path}: the table of events differs`);
}

const pragma = (db: SqliteDb, name: string) => db.get(`PRAGMA ${name}`)?.[name];

/** The columns that make an event, in the order of `eventOf`. */
export const eventColumns = 'position, stream, revision, id, type, data, metadata';
export const dataColumn = 5;

/** A row as the event it keeps. Throws LogDamaged, naming the event, where it is not one. */
export const recordedEvent = (row: Row): RecordedEvent =>
  eventOf([
    row['position'],
    row['stream'],
    row['revision'],
    row['id'],
    row['type'],
    row['data'],
    row['metadata'],
  ]);

/**
 * The same of a row's columns. Looked at by hand, since every event of every read comes by here: schemas took four
 * times as long.
 */
export function eventOf(columns: readonly unknown[]): RecordedEvent {
  const [position, stream, revision, id, type, data, metadata] = columns;
  if (!isWhole(position) || !isWhole(revision) || !isText(data) || !isText(metadata)) {
    throw new LogDamaged('a row is no event');
  }
  if (!isText(stream) || !isText(id) || !isText(type)) throw new LogDamaged('a row is no event');
  const place = { stream, revision, position: BigInt(position) };
  try {
    return {
      ...place,
      id,
      type,
      data: parsed(data, isJsonObject),
      metadata: parsed(metadata, isMetadata),
    };
  } catch (cause) {
    throw new LogDamaged(`${stream} revision ${revision} cannot be read`, place, { cause });
  }
}

function parsed<Shape>(text: string, is: (value: unknown) => value is Shape): Shape {
  const value: unknown = JSON.parse(text);
  if (!is(value)) throw new TypeError('JSON of another shape');
  return value;
}

/** What JSON.parse makes is JSON; only its outermost shape is open. */
const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isMetadata = (value: unknown): value is EventMetadata =>
  typeof value === 'object' &&
  value !== null &&
  'at' in value &&
  typeof value.at === 'string' &&
  'v' in value &&
  isWhole(value.v) &&
  'actor' in value &&
  isActor(value.actor) &&
  'requestId' in value &&
  typeof value.requestId === 'string' &&
  'chain' in value &&
  typeof value.chain === 'string';

const isText = (value: unknown): value is string => typeof value === 'string';

const isActor = (value: unknown) => actors.some((actor) => actor === value);

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

/** The newest position in the file, inside the caller's transaction; 0n for an empty log. */
export const newestPosition = (db: SqliteDb): Position =>
  newest.parse(db.get('SELECT CAST(coalesce(max(position), 0) AS TEXT) AS position FROM events'))
    .position;

const newest = z.object({ position: z.string().transform(BigInt) });
