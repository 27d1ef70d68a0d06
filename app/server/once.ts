import { randomBytes } from 'node:crypto';
import { refuse, ok, type Result } from '../../domain/result.ts';
import type { PurposeKeys } from './cookie-keys.ts';

/** How long a form may be sent, in milliseconds: 24 hours. */
export const ONCE_MS = 24 * 60 * 60 * 1000;

/** Why a form's `once` does not count: made for another browser or not by us, or older than a day. */
export type OnceRefusal = { readonly code: 'once-foreign' } | { readonly code: 'once-expired' };

const SHAPE = /^([A-Za-z0-9_-]{22})\.(\d{1,16})\.([A-Za-z0-9_-]{43})$/;

/** A value for one form of one browser: sent twice, it makes one account (F14). */
export function mintOnce(keys: PurposeKeys, anonymousId: string, at: Date): string {
  const seed = randomBytes(16).toString('base64url');
  const until = String(at.getTime() + ONCE_MS);
  const mac = keys.mac(anonymousId, seed, until).toString('base64url');
  return [seed, until, mac].join('.');
}

/** The 128 random bits in it as base64url, to derive ids from; or why it does not count. Never throws. */
export function readOnce(
  keys: PurposeKeys,
  anonymousId: string,
  once: { value: unknown; at: Date },
): Result<string, OnceRefusal> {
  const [, seed, until, mac] = typeof once.value === 'string' ? (SHAPE.exec(once.value) ?? []) : [];
  if (seed === undefined || until === undefined || mac === undefined) {
    return refuse({ code: 'once-foreign' });
  }
  if (!keys.verifies(Buffer.from(mac, 'base64url'), anonymousId, seed, until)) {
    return refuse({ code: 'once-foreign' });
  }
  return once.at.getTime() < Number(until) ? ok(seed) : refuse({ code: 'once-expired' });
}
