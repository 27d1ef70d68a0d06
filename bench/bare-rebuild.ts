import type { Row, SqliteDb } from '../sqlite/sqlite-driver.ts';
import { openSqlite } from '../sqlite/sqlite-open.ts';

/** As many rows go into one transaction as a rebuild copies in one. */
const rowsTogether = 2_000;

/** What makes rows of lookups: nothing is checked, and no event but these two is known. */
interface Registered {
  readonly emailKey: string | null;
  readonly usernameKey: string;
  readonly method: { readonly kind: string; readonly identityId?: string };
}

/**
 * What a rebuild cannot do without, and nothing else: accounts' events are read from the log, their JSON is parsed, and
 * tables like the lookups' are filled in the order of the log, under the same pragmas. Answers how many events the log holds.
 */
export async function rebuildBare(path: string): Promise<number> {
  const db = await openSqlite({ path });
  db.exec(`DROP TABLE IF EXISTS bare_keys; DROP TABLE IF EXISTS bare_accounts;
    CREATE TABLE bare_keys (kind TEXT NOT NULL, key TEXT NOT NULL, account_id TEXT NOT NULL, PRIMARY KEY (kind, key)) STRICT, WITHOUT ROWID;
    CREATE INDEX bare_keys_by_account ON bare_keys (account_id);
    CREATE TABLE bare_accounts (account_id TEXT PRIMARY KEY, status TEXT NOT NULL, revision INTEGER NOT NULL) STRICT, WITHOUT ROWID;`);
  let [after, rows] = [0, 0];
  db.exec('BEGIN IMMEDIATE');
  for (let page = pageAfter(db, after); page.length > 0; page = pageAfter(db, after)) {
    for (const row of page) {
      rows += fill(db, row);
      if (rows < rowsTogether) continue;
      db.exec('COMMIT; BEGIN IMMEDIATE');
      rows = 0;
    }
    after = Number(page.at(-1)?.['position']);
  }
  db.exec('COMMIT');
  const head = Number(db.get('SELECT max(position) AS head FROM events')?.['head']);
  db.exec('DROP TABLE bare_keys; DROP TABLE bare_accounts');
  db.close();
  return head;
}

const pageAfter = (db: SqliteDb, after: number): Row[] =>
  db.all(
    `SELECT * FROM events WHERE position > ? AND stream >= 'account-' AND stream < 'account.'
     ORDER BY position LIMIT 256`,
    after,
  );

/** Answers how many rows were written. */
function fill(db: SqliteDb, row: Row): number {
  const { stream, revision = null, type, data, metadata } = row;
  const accountId = text(stream).slice('account-'.length);
  const clear = JSON.parse(text(data)) as Registered;
  JSON.parse(text(metadata));
  if (type !== 'UserRegistered') {
    return db.run(
      'UPDATE bare_accounts SET revision = ? WHERE account_id = ?',
      revision,
      accountId,
    );
  }
  const { emailKey, usernameKey, method } = clear;
  const keys = [
    ['email', emailKey],
    ['username', usernameKey],
    ['identity', method.identityId ?? null],
  ];
  let rows = db.run('INSERT INTO bare_accounts VALUES (?, ?, ?)', accountId, 'active', revision);
  for (const [kind = null, key = null] of keys) {
    if (key !== null)
      rows += db.run('INSERT INTO bare_keys VALUES (?, ?, ?)', kind, key, accountId);
  }
  return rows;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
