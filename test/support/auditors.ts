import type { Asking } from '../../commands/asking.ts';
import { auditEntries, type AuditEntry } from '../../commands/audit-stream.ts';
import { changeRole } from '../../commands/change-role.ts';
import type { Deps } from '../../commands/deps.ts';
import type { Guarded } from '../../commands/guard.ts';
import { registered } from './installation.ts';

export type Asker = Asking & Guarded;

export const changeAuditor = (deps: Deps, { session }: Asker, change: 'grant' | 'revoke') =>
  changeRole(deps, { accountId: session.accountId, change, role: 'auditor' });

/** Somebody signed in who holds the auditor's role. */
export async function auditor(deps: Deps, name = 'grace'): Promise<Asker> {
  const asker = await registered(deps, name);
  await changeAuditor(deps, asker, 'grant');
  return asker;
}

/** What stands in the audit stream of an account, oldest first. */
export async function auditOf(
  { store }: Pick<Deps, 'store'>,
  { session }: Pick<Asker, 'session'>,
): Promise<readonly AuditEntry['event'][]> {
  return (await auditEntries(store, session.accountId)).map(({ event }) => event);
}
