import type { Account, LivingAccount } from './account.ts';

/** Does the account belong to somebody still: active, or closing and not yet deleted? */
export const isLiving = (account: Account): account is LivingAccount =>
  account.status === 'active' || account.status === 'closing';
