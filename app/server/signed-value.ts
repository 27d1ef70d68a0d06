import type { PurposeKeys } from './cookie-keys.ts';

/** Puts a signature behind a value, after a dot. */
export const sign = (keys: PurposeKeys, value: string): string =>
  `${value}.${keys.mac(value).toString('base64url')}`;

/** The value, or undefined where the signature is missing, foreign or of another purpose. Never throws. */
export function verifySigned(keys: PurposeKeys, signed: string): string | undefined {
  const dot = signed.lastIndexOf('.');
  if (dot < 1) return undefined;
  const value = signed.slice(0, dot);
  const mac = Buffer.from(signed.slice(dot + 1), 'base64url');
  return keys.verifies(mac, value) ? value : undefined;
}
