import { z } from 'zod';
import type { Row, SqliteDb } from '../sqlite/sqlite-driver.ts';
import { actors, type JsonObject, type Position, type RecordedEvent } from './event-store.ts';
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

const eventRow = z.object({
  position: z.int(),
  stream: z.string(),
  revision: z.int(),
  id: z.string(),
  type: z.string(),
  data: z.string(),
  metadata: z.string(),
});

const eventMetadata = z.looseObject({
  at: z.string(),
  v: z.int(),
  actor: z.enum(actors),
  requestId: z.string(),
  chain: z.string(),
});

/** A row as the event it keeps. Throws LogDamaged, naming the event, where it is not one. */
export function recordedEvent(row: Row): RecordedEvent {
  const parsed = eventRow.safeParse(row);
  if (!parsed.success) throw new LogDamaged('a row is no event', undefined, parsed.error);
  const { data, metadata, ...place } = parsed.data;
  const position = BigInt(place.position);
  try {
    return {
      ...place,
      position,
      data: jsonObject(data),
      metadata: eventMetadata.parse(JSON.parse(metadata)),
    };
  } catch (cause) {
    const { stream, revision } = place;
    const damaged = { stream, revision, position };
    throw new LogDamaged(`${stream} revision ${revision} cannot be read`, damaged, { cause });
  }
}

function jsonObject(text: string): JsonObject {
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) throw new TypeError('not an object');
  return value;
}

/** What JSON.parse makes is JSON; only its outermost shape is open. */
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The newest position in the file, inside the caller's transaction; 0n for an empty log. */
export const newestPosition = (db: SqliteDb): Position =>
  newest.parse(db.get('SELECT CAST(coalesce(max(position), 0) AS TEXT) AS position FROM events'))
    .position;

const newest = z.object({ position: z.string().transform(BigInt) });
