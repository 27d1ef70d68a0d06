import { hkdfSync } from 'node:crypto';
import type { Secrets } from './secrets.ts';

/**
 * Keys of 32 bytes for one purpose (cookie, csrf, known, once, …), by HKDF-SHA-256 from the cookie secrets:
 * the first signs, all verify. A key of one purpose says nothing of another's (H18).
 */
export function derivedKeys(
  { cookieSecrets }: Pick<Secrets, 'cookieSecrets'>,
  purpose: string,
): readonly [Buffer, ...Buffer[]] {
  const [first, ...others] = cookieSecrets;
  if (!first) throw new RangeError('there is no cookie secret');
  const derive = (secret: Buffer) =>
    Buffer.from(hkdfSync('sha256', secret, 'latchkey', `cookie-secrets/${purpose}`, 32));
  return [derive(first), ...others.map(derive)];
}
