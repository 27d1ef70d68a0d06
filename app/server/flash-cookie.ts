import { z } from 'zod';
import type { Flash } from '../context.ts';
import type { PurposeKeys } from './cookie-keys.ts';
import { sign, verifySigned } from './signed-value.ts';

/** Characters of a parameter; a longer one is cut, so that what it tells of never fails for its sake. */
const LONGEST = 200;

const flash = z.object({
  code: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  params: z.record(z.string().max(32), z.string().max(LONGEST)),
});

/** One message code with its parameters, signed; the words stand with the pages. */
export function encodeFlash(keys: PurposeKeys, message: Flash): string {
  const params = Object.entries(message.params).map(([name, text]) => [
    name,
    text.slice(0, LONGEST),
  ]);
  const json = JSON.stringify({
    code: message.code,
    params: Object.fromEntries(params) as unknown,
  });
  return sign(keys, Buffer.from(json, 'utf8').toString('base64url'));
}

/** Undefined for anything that this server did not write. */
export function decodeFlash(keys: PurposeKeys, cookie: string): Flash | undefined {
  const value = verifySigned(keys, cookie);
  if (value === undefined) return undefined;
  const parsed = flash.safeParse(parseJson(Buffer.from(value, 'base64url').toString('utf8')));
  return parsed.success ? parsed.data : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not JSON: as good as no message
  }
}
