import { z } from 'zod';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';

/** How long the lease holds without being renewed, in milliseconds. */
export const leaseMs = 3_000;
/** How often its holder renews it, and how often the others look, in milliseconds. */
export const renewMs = 1_000;
export const lookMs = 500;

/** Another process projects now: this one stops, and what it was about to write is not written. */
export class LeaseLost extends Error {
  readonly code = 'lease-lost';

  constructor() {
    super('another process took the projector’s lease');
  }
}

export const createLease = `
  CREATE TABLE IF NOT EXISTS projector_lease (
    one INTEGER PRIMARY KEY CHECK (one = 1), holder TEXT NOT NULL, expires INTEGER NOT NULL,
    level_at INTEGER
  ) STRICT;
`;

const leaseRow = z.object({
  holder: z.string(),
  expires: z.int(),
  level_at: z.int().nullable(),
});

/** Who projects, by the row alone. */
export interface Lease {
  readonly holder: string;
  /** Is somebody there to renew it? */
  readonly held: boolean;
  /** When the read model was last seen to hold everything that the log held; null if never. */
  readonly levelAt: Date | null;
}

/** The lease as it stands; undefined before anybody ever had it. Times are of this machine's clock. */
export function readLease(db: SqliteDb, now: number): Lease | undefined {
  const row = db.get('SELECT holder, expires, level_at FROM projector_lease');
  if (!row) return undefined;
  const { holder, expires, level_at: levelAt } = leaseRow.parse(row);
  // An end further off than any lease lasts was written before the clock went back (F22).
  const held = expires > now && expires <= now + leaseMs;
  return { holder, held, levelAt: levelAt === null ? null : new Date(levelAt) };
}

/** Takes the lease where nobody holds it; inside the caller's transaction. */
export function takeLease(db: SqliteDb, me: string, now: number): boolean {
  const lease = readLease(db, now);
  if (lease?.held && lease.holder !== me) return false;
  db.run(
    `INSERT INTO projector_lease (one, holder, expires, level_at) VALUES (1, ?, ?, NULL)
     ON CONFLICT (one) DO UPDATE SET holder = excluded.holder, expires = excluded.expires`,
    me,
    now + leaseMs,
  );
  return true;
}

/** Renews the lease inside the transaction of whatever its holder writes. Throws LeaseLost, which undoes that. */
export function keepLease(db: SqliteDb, me: string, now: number): void {
  const kept = db.run('UPDATE projector_lease SET expires = ? WHERE holder = ?', now + leaseMs, me);
  if (kept === 0) throw new LeaseLost();
}

/** Notes that the read model held everything at this time. */
export const noteLevel = (db: SqliteDb, at: Date): void => {
  db.run('UPDATE projector_lease SET level_at = ?', at.getTime());
};

/** Gives the lease back, so that another process need not wait for its end. */
export const releaseLease = (db: SqliteDb, me: string): void => {
  db.run('UPDATE projector_lease SET expires = 0 WHERE holder = ?', me);
};
