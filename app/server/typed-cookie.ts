import { z } from 'zod';
import { openBytes, sealBytes } from '../../vault/aes-gcm.ts';
import { MAX_COOKIE_VALUE } from './cookie-header.ts';
import type { PurposeKeys } from './cookie-keys.ts';

/** How long typed values wait for a re-authentication, in seconds. */
export const TYPED_SECONDS = 300;

/** Whose values wait, and for the form of which page. */
export interface TypedPlace {
  readonly sessionId: string;
  readonly page: string;
}

const kept = z.object({
  values: z.record(z.string(), z.string()),
  until: z.number(),
});

/** Never kept, whatever a form calls them: secrets, and what is made anew with every form. */
const NEVER = /password|csrf|once|secret|token/i;

/** The sealed values, or undefined where they are too long to keep. */
export function encodeTyped(
  keys: PurposeKeys,
  place: TypedPlace,
  typed: { values: Readonly<Record<string, string>>; at: Date },
): string | undefined {
  const values = Object.fromEntries(
    Object.entries(typed.values).filter(([name]) => !NEVER.test(name)),
  );
  const until = typed.at.getTime() + TYPED_SECONDS * 1000;
  const plain = Buffer.from(JSON.stringify({ values, until }), 'utf8');
  const sealed = sealBytes(keys.first, context(place), plain).toString('base64url');
  return sealed.length <= MAX_COOKIE_VALUE ? sealed : undefined;
}

/** What was typed; undefined when it was of another session or page, too old, or not sealed here. */
export function decodeTyped(
  keys: PurposeKeys,
  place: TypedPlace,
  cookie: { value: string; at: Date },
): Readonly<Record<string, string>> | undefined {
  for (const key of keys.all) {
    const plain = open(key, place, cookie.value);
    if (plain === undefined) continue;
    const { values, until } = kept.parse(JSON.parse(plain));
    return cookie.at.getTime() < until ? values : undefined;
  }
  return undefined;
}

function open(key: Buffer, place: TypedPlace, value: string): string | undefined {
  try {
    return openBytes(key, context(place), Buffer.from(value, 'base64url')).toString('utf8');
  } catch {
    return undefined; // sealed by somebody else, for somebody else, or under another key
  }
}

const context = ({ sessionId, page }: TypedPlace) => ['typed', sessionId, page].join('\u0000');
