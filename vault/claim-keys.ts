import { createHmac, createSecretKey } from 'node:crypto';
import type { ClaimKind } from '../domain/account/account.ts';

export interface ClaimKeys {
  /**
   * base64url(HMAC-SHA-256(claim key, kind ‖ 0x00 ‖ value)). The value is canonical already; an identity's is
   * issuer ‖ 0x00 ‖ subject, byte for byte.
   */
  keyOf(kind: ClaimKind, value: string): string;
  /** Stored in the `installation` stream to recognise the claim key by; reveals nothing of it. */
  readonly keyCheck: string;
}

/** `pepper`: LATCHKEY_PEPPER, 32 bytes. It names streams, so it can never change. */
export function createClaimKeys(pepper: Buffer): ClaimKeys {
  // A key object: Node 24 takes four times as long for a key that comes as bare bytes.
  const key = createSecretKey(pepper);
  const hmac = (text: string) => createHmac('sha256', key).update(text, 'utf8').digest('base64url');
  return {
    keyOf: (kind, value) => hmac(`${kind}\u0000${value}`),
    // No claim has this kind, so no claim key can ever equal it.
    keyCheck: hmac('latchkey claim key check\u0000'),
  };
}
