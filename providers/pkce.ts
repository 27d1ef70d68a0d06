import { createHash } from 'node:crypto';

/** The challenge of a verifier, always S256 (G5). */
export const s256 = (verifier: string): string =>
  createHash('sha256').update(verifier).digest('base64url');
