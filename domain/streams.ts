import type { ClaimKind } from './account/account.ts';

/** Names of streams. They hold ids and keys only, never personal data. */

export type StreamCategory = 'account' | 'claim' | 'audit' | 'installation';

export const accountStream = (accountId: string): string => `account-${accountId}`;

export const claimStream = (kind: ClaimKind, key: string): string => `claim-${kind}-${key}`;

/** Looks at this account, and the searches this account made. */
export const auditStream = (accountId: string): string => `audit-${accountId}`;

/** What log, vault and claim key belong together. */
export const installationStream = 'installation';

const claimKinds = ['email', 'username', 'identity'] as const satisfies readonly ClaimKind[];
const claimKey = /^[A-Za-z0-9_-]{43}$/;

/** What a stream is for; undefined for a stream that is none of ours. */
export function streamCategory(stream: string): StreamCategory | undefined {
  if (stream === installationStream) return 'installation';
  if (accountIdOf(stream) !== undefined) return 'account';
  if (auditedIdOf(stream) !== undefined) return 'audit';
  return claimOf(stream) ? 'claim' : undefined;
}

/** The account of an `account-…` stream. */
export const accountIdOf = (stream: string): string | undefined => rest(stream, 'account-');

/** The account of an `audit-…` stream. */
export const auditedIdOf = (stream: string): string | undefined => rest(stream, 'audit-');

/** What a `claim-…` stream is the claim of. */
export function claimOf(
  stream: string,
): { readonly kind: ClaimKind; readonly key: string } | undefined {
  const kind = claimKinds.find((known) => stream.startsWith(`claim-${known}-`));
  const key = stream.slice(`claim-${kind}-`.length);
  return kind && claimKey.test(key) ? { kind, key } : undefined;
}

const rest = (stream: string, prefix: string): string | undefined =>
  stream.startsWith(prefix) && stream.length > prefix.length
    ? stream.slice(prefix.length)
    : undefined;
