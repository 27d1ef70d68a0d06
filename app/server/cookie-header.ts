/** What a browser may keep of us. Nothing else is read. */
export const cookieNames = [
  'sid',
  'anon',
  'known',
  'flash',
  'typed',
  'theme',
  'left',
  'receipt',
] as const;
export type CookieName = (typeof cookieNames)[number];

/** How cookies are named here: `__Host-` and Secure on https, plain on a loopback http origin (Safari refuses Secure there). */
export interface CookieScheme {
  readonly secure: boolean;
}

/** Longest value that is ever written: name, value and attributes stay under the 4096 bytes of a browser. */
export const MAX_COOKIE_VALUE = 3_600;

const VALUE = /^[A-Za-z0-9._~-]*$/;

/** The value of one of our cookies; undefined where it is missing, malformed, too long, or there twice. Never throws. */
export function readCookie(
  header: string | undefined,
  name: CookieName,
  scheme: CookieScheme,
): string | undefined {
  const wanted = `${wireName(name, scheme)}=`;
  const found = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(wanted))
    .map((pair) => pair.slice(wanted.length));
  const [value] = found;
  // Two of one name: one of them was planted, and nobody can say which.
  if (value === undefined || found.length > 1) return undefined;
  return value !== '' && value.length <= MAX_COOKIE_VALUE && VALUE.test(value) ? value : undefined;
}

/** A Set-Cookie line. Without `maxAgeSeconds` it lasts as long as the browser; 0 deletes it. */
export function writeCookie(
  cookie: { name: CookieName; value: string; maxAgeSeconds?: number },
  scheme: CookieScheme,
): string {
  const attributes = ['Path=/', 'HttpOnly', 'SameSite=Lax'];
  if (scheme.secure) attributes.push('Secure');
  if (cookie.maxAgeSeconds !== undefined) attributes.push(`Max-Age=${cookie.maxAgeSeconds}`);
  return [`${wireName(cookie.name, scheme)}=${cookie.value}`, ...attributes].join('; ');
}

const wireName = (name: CookieName, { secure }: CookieScheme) => (secure ? `__Host-${name}` : name);
