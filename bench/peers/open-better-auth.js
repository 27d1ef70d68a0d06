import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';

export const password = 'violet harbour candle';
export const emailOf = (person) => `person${person}@example.org`;

/**
 * Better Auth as its documents set it up on Node's own SQLite, made as durable as Latchkey's log. Hashing and limits are
 * left out on both sides.
 */
export async function openBetterAuth(folder, more) {
  const db = new DatabaseSync(join(folder, 'better-auth.db'));
  db.exec('PRAGMA journal_mode = WAL');
  db.exec('PRAGMA synchronous = FULL');
  const options = {
    database: db,
    baseURL: 'http://localhost:3000',
    secret: randomBytes(32).toString('base64'),
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    emailAndPassword: {
      enabled: true,
      password: { hash: async () => 'x'.repeat(60), verify: async () => true },
    },
    ...more,
  };
  const auth = betterAuth(options);
  await (await getMigrations(options)).runMigrations();
  return { db, auth };
}

/** People from one number to another, straight into its tables: who does things in a bench registers as people do. */
export function settle(db, { from, to }) {
  const at = new Date().toISOString();
  const user = db.prepare(
    'INSERT INTO "user" (id, name, email, emailVerified, createdAt, updatedAt) VALUES (?, ?, ?, 0, ?, ?)',
  );
  const account = db.prepare(
    'INSERT INTO account (id, accountId, providerId, userId, password, createdAt, updatedAt) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  db.exec('BEGIN');
  for (let person = from; person < to; person += 1) {
    const id = randomBytes(16).toString('hex');
    user.run(id, `Person Number ${person}`, emailOf(person), at, at);
    account.run(`p${id}`, id, 'credential', id, 'x'.repeat(60), at, at);
  }
  db.exec('COMMIT');
}
