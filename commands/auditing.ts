import { mayAudit } from '../domain/account/may-audit.ts';
import type { Session } from '../vault/vault.ts';
import type { SignedIn } from './asking.ts';
import type { Deps } from './deps.ts';
import type { Cause } from './write-stream.ts';

/** Whoever asks is no auditor, or no longer, or their session has ended: nothing was looked up. */
export interface NoAuditor {
  readonly ok: false;
  readonly why: 'no-auditor';
}

export const noAuditor: NoAuditor = { ok: false, why: 'no-auditor' };

/** May this session audit at this moment? Asks the account's own stream and the vault (H12). Throws Unavailable. */
export async function mayAuditNow(
  { accounts, vault, clock }: Pick<Deps, 'accounts' | 'vault' | 'clock'>,
  { accountId, sessionId, provedRevision }: Session,
): Promise<boolean> {
  const { account } = await accounts.load(accountId);
  if (account.status !== 'active' || !mayAudit(account)) return false;
  if (provedRevision < account.sessionsEndedAt) return false;
  return vault.sessions.isAlive(sessionId, clock());
}

export const auditCause = (
  { clock }: Pick<Deps, 'clock'>,
  { requestId }: Pick<SignedIn, 'requestId'>,
): Cause => ({ actor: 'auditor', requestId, at: clock() });
