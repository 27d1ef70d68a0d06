import { randomBytes } from 'node:crypto';
import type { PurposeKeys } from './cookie-keys.ts';

/** Whom a token belongs to: a session, or a browser that nobody is signed in with. */
export interface Principal {
  readonly kind: 'session' | 'anonymous';
  readonly id: string;
}

const MASK_BYTES = 32;

/**
 * A synchroniser token: an HMAC of the principal, so it changes exactly when the principal does (ASVS 3.5.1).
 * Masked anew each time, because pages are compressed and a constant secret in them could be guessed by length.
 */
export function csrfToken(keys: PurposeKeys, principal: Principal): string {
  const mask = randomBytes(MASK_BYTES);
  const masked = xor(keys.mac(principal.kind, principal.id), mask);
  return Buffer.concat([mask, masked]).toString('base64url');
}

/** Whether the token was made for this principal. Never throws. */
export function csrfTokenIsOf(keys: PurposeKeys, token: unknown, principal: Principal): boolean {
  if (typeof token !== 'string' || token.length > 100) return false;
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== 2 * MASK_BYTES) return false;
  const mac = xor(bytes.subarray(MASK_BYTES), bytes.subarray(0, MASK_BYTES));
  return keys.verifies(mac, principal.kind, principal.id);
}

const xor = (left: Uint8Array, right: Uint8Array): Buffer =>
  Buffer.from(left.map((byte, index) => byte ^ (right[index] ?? 0)));
