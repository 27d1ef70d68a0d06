import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { EventStore, Position, RecordedEvent } from '../eventstore/event-store.ts';
import { readToEnd } from '../eventstore/read-to-end.ts';
import { SqliteDb } from '../sqlite/sqlite-driver.ts';
import { applyToLookups, createLookupTables, dumpLookups, type LookupTables } from './lookups.ts';

/** What all accounts together were at one point of the log. */
export interface LookupsState {
  /** Events of the log up to here, of whatever stream. */
  readonly events: number;
  readonly position: Position;
  readonly accounts: Readonly<Record<string, number>>;
  readonly keys: Readonly<Record<string, number>>;
  /** SHA-256 over the rows, base64url: two replays of one history have the same. */
  readonly digest: string;
}

/** An account or a key that is other than it was; null where it was not, or is not. */
export interface LookupDifference {
  readonly about: 'account' | 'key';
  readonly id: string;
  readonly was: string | null;
  readonly is: string | null;
}

export interface ReplayedLog {
  readonly then: LookupsState;
  readonly now: LookupsState;
  readonly differences: readonly LookupDifference[];
}

const then: LookupTables = { keys: 'then_keys', accounts: 'then_accounts' };
const now: LookupTables = { keys: 'now_keys', accounts: 'now_accounts' };

/**
 * Folds the whole log again in memory, by the handlers of the lookups: up to the first event that `isBeyond` names,
 * and on from there to now. Touches nothing that is live. Throws PoisonEvent, KeyOwnedTwice, RevisionGap, Unavailable.
 */
export async function replayLookups(
  store: EventStore,
  isBeyond: (event: RecordedEvent) => boolean,
  onProgress?: (events: number, position: Position) => void,
): Promise<ReplayedLog> {
  const db = new SqliteDb(':memory:');
  try {
    db.exec(createLookupTables(now));
    db.exec(createLookupTables(then));
    let events = 0;
    let position = 0n;
    let past: LookupsState | undefined;
    for await (const event of readToEnd(store)) {
      if (!past && isBeyond(event)) past = keepAsThen(db, events, position);
      applyToLookups(db, event, now);
      events += 1;
      position = event.position;
      if (events % 1_000 === 0) onProgress?.(events, position);
    }
    past ??= keepAsThen(db, events, position);
    return { then: past, now: stateOf(db, events, position), differences: differ(db) };
  } finally {
    db.close();
  }
}

function keepAsThen(db: SqliteDb, events: number, position: Position): LookupsState {
  db.exec(`INSERT INTO ${then.keys} SELECT * FROM ${now.keys}`);
  db.exec(`INSERT INTO ${then.accounts} SELECT * FROM ${now.accounts}`);
  return stateOf(db, events, position);
}

const counted = z.object({ name: z.string(), count: z.number() });

function stateOf(db: SqliteDb, events: number, position: Position): LookupsState {
  const count = (sql: string) =>
    Object.fromEntries(
      db
        .all(sql)
        .map((row) => counted.parse(row))
        .map((row) => [row.name, row.count]),
    );
  return {
    events,
    position,
    accounts: count(
      `SELECT status AS name, count(*) AS count FROM ${now.accounts} GROUP BY 1 ORDER BY 1`,
    ),
    keys: count(`SELECT kind AS name, count(*) AS count FROM ${now.keys} GROUP BY 1 ORDER BY 1`),
    digest: createHash('sha256').update(dumpLookups(db, now)).digest('base64url'),
  };
}

const differenceRow = z.object({
  about: z.enum(['account', 'key']),
  id: z.string(),
  was: z.string().nullable(),
  is: z.string().nullable(),
});

function differ(db: SqliteDb): readonly LookupDifference[] {
  const rows = db.all(`
    SELECT 'account' AS about, n.account_id AS id, t.status AS was, n.status AS "is"
      FROM ${now.accounts} n LEFT JOIN ${then.accounts} t USING (account_id)
      WHERE t.status IS NOT n.status
    UNION ALL
    SELECT 'key', n.kind || ' ' || n.key, t.account_id, n.account_id
      FROM ${now.keys} n LEFT JOIN ${then.keys} t USING (kind, key)
      WHERE t.account_id IS NOT n.account_id
    UNION ALL
    SELECT 'key', t.kind || ' ' || t.key, t.account_id, NULL
      FROM ${then.keys} t LEFT JOIN ${now.keys} n USING (kind, key) WHERE n.key IS NULL
    ORDER BY 1, 2`);
  return rows.map((row) => differenceRow.parse(row));
}
