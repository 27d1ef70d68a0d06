import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import { newToken, tokenHash } from './one-time-token.ts';
import { isAlive, methodText } from './sqlite-session-row.ts';
import type { IssuedSession, Sessions } from './vault-sessions.ts';

type Proved = Parameters<Sessions['reissue']>[1] & { readonly at: Date };

/** Within a write: a living session under a new token, proved anew. Undefined if it is gone. */
export function reissueRow(
  db: SqliteDb,
  sessionId: string,
  { provedRevision, method, proof, at }: Proved,
): IssuedSession | undefined {
  if (!isAlive(db, sessionId, at)) return undefined;
  const token = newToken();
  db.run(
    `UPDATE sessions SET token_hash = ?, proved_revision = ?, method = ?,
       proof_at = coalesce(?, proof_at), proof_how = coalesce(?, proof_how), proof_page = NULL
     WHERE session_id = ?`,
    tokenHash(token),
    provedRevision,
    methodText(method),
    proof?.at.getTime() ?? null,
    proof?.how ?? null,
    sessionId,
  );
  return { sessionId, token };
}
