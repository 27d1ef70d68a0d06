import type { ClaimKind } from './account.ts';

/**
 * Every expected no that a command can answer, closed and compiler-checked. One sentence per code stands in
 * refusal-copy.ts and in docs/refusals.md, which a test keeps equal.
 */
export type AccountRefusal =
  | { readonly code: 'account-not-active' }
  | { readonly code: 'already-registered' }
  | { readonly code: 'sign-up-closed' }
  | { readonly code: 'email-taken' }
  | { readonly code: 'username-taken' }
  | { readonly code: 'identity-taken' }
  | { readonly code: 'method-not-linked' }
  | { readonly code: 'method-not-suspended' }
  | { readonly code: 'suspended-by-provider' }
  | { readonly code: 'reconnect' }
  | { readonly code: 'last-way-in' }
  | { readonly code: 'password-already-set' }
  | { readonly code: 'password-not-set' }
  | { readonly code: 'account-not-closing' }
  | { readonly code: 'role-already-granted' }
  | { readonly code: 'role-not-granted' }
  | { readonly code: 'deletion-not-due' }
  | { readonly code: 'session-ended' };

export type RefusalCode = AccountRefusal['code'];

export const takenRefusal = {
  email: 'email-taken',
  username: 'username-taken',
  identity: 'identity-taken',
} as const satisfies Record<ClaimKind, RefusalCode>;
