import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { methodRef, origin } from '../domain/account/events.ts';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import { columnContext } from './key-contexts.ts';
import type { MasterKeyRing } from './master-keys.ts';
import { newToken, tokenHash } from './one-time-token.ts';
import { isWithinBounds } from './session-bounds.ts';
import { openDataKey, requireDataKey } from './sqlite-data-keys.ts';
import type { IssuedSession, NewSession, Session, SessionMethod } from './vault-sessions.ts';

const storedMethod = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('password'), credentialId: z.string() }),
  methodRef.options[1],
]);

const sessionRow = z.object({
  session_id: z.string(),
  account_id: z.string(),
  key_id: z.string(),
  method: z.string(),
  proved_revision: z.number(),
  closing: z.number(),
  started_at: z.number(),
  last_seen_at: z.number(),
  proof_at: z.number().nullable(),
  proof_how: z.enum(['password', 'strong', 'weak']).nullable(),
  proof_page: z.string().nullable(),
  device: z.instanceof(Uint8Array),
});
type SessionRow = z.infer<typeof sessionRow>;
const foundSession = sessionRow.optional();

const deviceContext = (sessionId: string) => columnContext('sessions', sessionId, 'device');

export const methodText = (method: SessionMethod) => JSON.stringify(method);

/** The session a row stands for; undefined if its account's key was erased. */
export function toSession(db: SqliteDb, ring: MasterKeyRing, row: SessionRow): Session | undefined {
  const key = openDataKey(db, ring, row.key_id);
  if (key === 'erased') return undefined;
  const device = key.openColumn(deviceContext(row.session_id), row.device);
  return {
    sessionId: row.session_id,
    accountId: row.account_id,
    method: storedMethod.parse(JSON.parse(row.method)),
    provedRevision: row.proved_revision,
    closing: row.closing === 1,
    startedAt: new Date(row.started_at),
    lastSeenAt: new Date(row.last_seen_at),
    reauthenticated: toProof(row),
    device: origin.parse(JSON.parse(device)),
  };
}

function toProof(row: SessionRow): Session['reauthenticated'] {
  const { proof_at: at, proof_how: how, proof_page: page } = row;
  return at === null || how === null ? null : { at: new Date(at), how, page };
}

/** Out of its bounds or not. */
export function rowByToken(db: SqliteDb, token: string): SessionRow | undefined {
  const row = db.get('SELECT * FROM sessions WHERE token_hash = ?', tokenHash(token));
  return foundSession.parse(row);
}

/** Newest first, out of their bounds or not. */
export function rowsOfAccount(db: SqliteDb, accountId: string): SessionRow[] {
  const sql = 'SELECT * FROM sessions WHERE account_id = ? ORDER BY place DESC';
  return db.all(sql, accountId).map((row) => sessionRow.parse(row));
}

export function aliveRow(db: SqliteDb, sessionId: string, at: Date): SessionRow | undefined {
  const stored = db.get('SELECT * FROM sessions WHERE session_id = ?', sessionId);
  const row = foundSession.parse(stored);
  return row && isWithinBounds(row, at) ? row : undefined;
}

/** Throws `key-erased` or `key-missing` where the account's key is no more. */
export function insertSession(
  db: SqliteDb,
  ring: MasterKeyRing,
  session: NewSession,
): IssuedSession {
  const issued = { sessionId: randomUUID(), token: newToken() };
  const key = requireDataKey(db, ring, session.keyId);
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
