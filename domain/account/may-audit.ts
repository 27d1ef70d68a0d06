import type { Account } from './account.ts';

/** Who may read what happened to others (docs/decisions/0014): an open account that holds the role now. */
export const mayAudit = (account: Account): boolean =>
  account.status === 'active' && account.roles.includes('auditor');
