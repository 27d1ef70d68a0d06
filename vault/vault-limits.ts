/** The budgets; each has its points and its window in limit-budgets.ts. */
export const limitNames = [
  'sign-in-address',
  'sign-in-account',
  'sign-in-account-known',
  'sign-in-account-address',
  'register-address',
  'reauth-account',
  'recover-address',
  'taken-address',
  'failed-trip-account',
  'audit-search',
  'audit-look',
] as const;
export type LimitName = (typeof limitNames)[number];

export type LimitAnswer =
  { readonly allowed: true } | { readonly allowed: false; readonly retryAfterSeconds: number };

export const allowed: LimitAnswer = { allowed: true };

export const refused = (ms: number): LimitAnswer => ({
  allowed: false,
  retryAfterSeconds: Math.max(1, Math.ceil(ms / 1000)),
});

export interface Limits {
  /** Spends one point of each budget, or of none if any is empty. Keys are stored only as an HMAC. Fails closed: throws `unavailable`. */
  spend(budgets: readonly { name: LimitName; key: string }[]): Promise<LimitAnswer>;
  /** A right password gives back what its account budgets spent, never an address's. */
  giveBack(budgets: readonly { name: LimitName; key: string }[]): Promise<void>;
}
