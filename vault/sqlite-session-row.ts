import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { methodRef, origin } from '../domain/account/events.ts';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import type { ColumnKey } from './data-key.ts';
import { columnContext } from './key-contexts.ts';
import type { MasterKeyRing } from './master-keys.ts';
import { newToken, tokenHash } from './one-time-token.ts';
import { isWithinBounds } from './session-bounds.ts';
import { missingKey, requireDataKey } from './sqlite-data-keys.ts';
import type {
  IssuedSession,
  ListedSession,
  NewSession,
  Session,
  SessionMethod,
} from './vault-sessions.ts';

const storedMethod = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('password'), credentialId: z.string() }),
  methodRef.options[1],
]);

const keptTimes = z.object({ started_at: z.number(), last_seen_at: z.number() });
const sessionRow = keptTimes.extend({
  session_id: z.string(),
  account_id: z.string(),
  key_id: z.string(),
  method: z.string(),
  proved_revision: z.number(),
  closing: z.number(),
  proof_at: z.number().nullable(),
  proof_how: z.enum(['password', 'strong', 'weak']).nullable(),
  proof_page: z.string().nullable(),
  /** Of the key; null where the vault has no record of it. */
  state: z.enum(['active', 'erasing', 'erased']).nullable(),
});
type SessionRow = z.infer<typeof sessionRow>;
const foundSession = sessionRow.optional();
const foundTimes = keptTimes.optional();
const listedRow = sessionRow.extend({ device: z.instanceof(Uint8Array) });

const COLUMNS = `session_id, sessions.account_id, key_id, method, proved_revision, closing, started_at,
  last_seen_at, proof_at, proof_how, proof_page, keys.state`;
const WITH_KEYS = 'sessions LEFT JOIN keys USING (key_id)';

const deviceContext = (sessionId: string) => columnContext('sessions', sessionId, 'device');

export const methodText = (method: SessionMethod) => JSON.stringify(method);

function toSession(row: SessionRow): Session {
  return {
    sessionId: row.session_id,
    accountId: row.account_id,
    keyId: row.key_id,
    method: storedMethod.parse(JSON.parse(row.method)),
    provedRevision: row.proved_revision,
    closing: row.closing === 1,
    startedAt: new Date(row.started_at),
    lastSeenAt: new Date(row.last_seen_at),
    reauthenticated: toProof(row),
  };
}

function toProof(row: SessionRow): Session['reauthenticated'] {
  const { proof_at: at, proof_how: how, proof_page: page } = row;
  return at === null || how === null ? null : { at: new Date(at), how, page };
}

/** Within its bounds, and its key not erased. Every request asks this, so nothing is decrypted. Throws `key-missing`. */
export function sessionByToken(db: SqliteDb, token: string, at: Date): Session | undefined {
  const sql = `SELECT ${COLUMNS} FROM ${WITH_KEYS} WHERE token_hash = ?`;
  const row = foundSession.parse(db.get(sql, tokenHash(token)));
  return row && isOpen(row, at) ? toSession(row) : undefined;
}

/** Newest first, within their bounds, their key not erased. Throws `key-missing`. */
export function sessionsOfAccount(
  db: SqliteDb,
  ring: MasterKeyRing,
  { accountId, at }: { readonly accountId: string; readonly at: Date },
): readonly ListedSession[] {
  const sql = `SELECT ${COLUMNS}, device FROM ${WITH_KEYS}
    WHERE sessions.account_id = ? ORDER BY place DESC`;
  const rows = db.all(sql, accountId).map((row) => listedRow.parse(row));
  return rows
    .filter((row) => isOpen(row, at))
    .map((row) => {
      const key = requireDataKey(db, ring, row.key_id);
      const device = key.openColumn(deviceContext(row.session_id), row.device);
      return { ...toSession(row), device: origin.parse(JSON.parse(device)) };
    });
}

function isOpen(row: SessionRow, at: Date): boolean {
  if (!isWithinBounds(row, at)) return false;
  if (row.state === null) throw missingKey(row.key_id);
  return row.state === 'active';
}

/** Is there such a session, within its bounds? */
export function isAlive(db: SqliteDb, sessionId: string, at: Date): boolean {
  const sql = 'SELECT started_at, last_seen_at FROM sessions WHERE session_id = ?';
  const times = foundTimes.parse(db.get(sql, sessionId));
  return times !== undefined && isWithinBounds(times, at);
}

/** `key`: the session's own, by its `keyId`. */
export function insertSession(db: SqliteDb, key: ColumnKey, session: NewSession): IssuedSession {
  const issued = { sessionId: randomUUID(), token: newToken() };
  db.run(
    'INSERT INTO sessions VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)',
    issued.sessionId,
    tokenHash(issued.token),
    session.accountId,
    session.keyId,
    methodText(session.method),
    session.provedRevision,
    session.closing ? 1 : 0,
    session.at.getTime(),
    session.at.getTime(),
    session.proof === null ? null : session.at.getTime(),
    session.proof,
    key.sealColumn(deviceContext(issued.sessionId), JSON.stringify(session.device)),
  );
  return issued;
}
