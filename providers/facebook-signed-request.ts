import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { subjectOf } from './profile-text.ts';
import type { SignedNotice } from './provider.ts';

/** Older ones are not believed: the same form is given to pages, and lies around in them (H13). */
const LONGEST_MS = 24 * 60 * 60 * 1000;
/** Facebook's clock may be ahead of ours by this much. */
const LEEWAY_MS = 5 * 60 * 1000;
const FORM = /^([A-Za-z0-9_-]{43})=?\.([A-Za-z0-9_-]{1,4096}={0,2})$/;

const payload = z.looseObject({
  algorithm: z.literal('HMAC-SHA256'),
  issued_at: z.number().int().positive().max(1e11),
  user_id: z.unknown(),
});

/**
 * Reads Facebook's `signed_request`: signature and payload, each base64url, with a full stop between. Undefined for
 * anything that the app's secret did not sign now, by exactly HMAC-SHA256, compared in constant time (H13). The signature
 * it answers is of the bytes: one notice has one, however it is spelled.
 */
export function readSignedRequest(
  text: string,
  clientSecret: string,
  now: Date,
): SignedNotice | undefined {
  const [, signed = '', body = ''] = FORM.exec(text) ?? [];
  if (body === '') return undefined;
  const right = createHmac('sha256', clientSecret).update(body).digest();
  const given = Buffer.from(signed, 'base64url');
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  const parsed = payload.safeParse(jsonIn(body));
  const subject = subjectOf(parsed.data?.user_id);
  if (!parsed.success || subject === undefined) return undefined;
  const issuedAt = new Date(parsed.data.issued_at * 1000);
  const age = now.getTime() - issuedAt.getTime();
  if (age >= LONGEST_MS || age < -LEEWAY_MS) return undefined;
  return { subject, issuedAt, signature: right };
}

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
