import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { accountStream } from '../domain/streams.ts';
import { copySqlite } from '../sqlite/sqlite-copy.ts';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import { openSqlite } from '../sqlite/sqlite-open.ts';
import { benchFolder } from './bench-process.ts';
import type { Work } from './measure.ts';

/** The rows of a log under plain SQL: the same tables and pragmas, one connection, and nothing above it. */
export interface BareLog {
  /** What a command of one event asks and writes, in one durable commit; each time at the next account. */
  readonly command: Work;
  /** An account's stream in order, its JSON parsed. */
  readonly read: (accountId: string) => Work;
  readonly close: () => void;
}

/** On a copy of a log's file as it stands; commands go to these accounts in turn. */
export async function openBareLog(path: string, accountIds: readonly string[]): Promise<BareLog> {
  const folder = benchFolder();
  const copy = join(folder, 'bare-log.db');
  await copySqlite(path, copy);
  const db = await openSqlite({ path: copy });
  const lasts = accountIds.map((accountId) => lastOf(db, accountId));
  let turn = 0;
  return {
    command: async () => {
      const index = (turn += 1) % lasts.length;
      const last = lasts[index];
      if (!last) throw new Error('nobody is registered');
      const next = { ...last, revision: last.revision + 1 };
      lasts[index] = next;
      read(db, next.stream, next.revision);
      commit(db, next);
    },
    read: (accountId) => async () => read(db, accountStream(accountId), 0),
    close: () => {
      db.close();
      rmSync(folder, { recursive: true });
    },
  };
}

const text = z.object({ data: z.string(), metadata: z.string() });
const lastEvent = text.extend({
  stream: z.string(),
  revision: z.int(),
  id: z.string(),
  type: z.string(),
});
type LastEvent = z.infer<typeof lastEvent> & { readonly accountId: string };

function lastOf(db: SqliteDb, accountId: string): LastEvent {
  const sql = 'SELECT * FROM events WHERE stream = ? ORDER BY revision DESC LIMIT 1';
  return { ...lastEvent.parse(db.get(sql, accountStream(accountId))), accountId };
}

const readFrom =
  'SELECT * FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?';

function read(db: SqliteDb, stream: string, from: number): unknown[] {
  return db
    .all(readFrom, stream, from, 256)
    .map(({ data, metadata }) => [parsed(data), parsed(metadata)]);
}

const parsed = (json: unknown): unknown => typeof json === 'string' && JSON.parse(json);

/** One more event like the last one. */
function commit(
  db: SqliteDb,
  { accountId, stream, revision, id, type, data, metadata }: LastEvent,
): void {
  db.exec('BEGIN IMMEDIATE');
  const inserted = db.get(
    `INSERT INTO events (stream, revision, id, type, data, metadata) VALUES (?, ?, ?, ?, ?, ?)
     RETURNING position`,
    ...[stream, revision, id, type, data, metadata],
  );
  const position = Number(inserted?.['position']);
  db.run('UPDATE lookup_accounts SET revision = ? WHERE account_id = ?', revision, accountId);
  db.run(`UPDATE projection_state SET position = ? WHERE name = 'lookups'`, position);
  db.exec('COMMIT');
}
