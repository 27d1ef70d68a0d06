const LONGEST = 512;

/** No page of ours needs percent-encoding, and none begins with two slashes. */
const PLAIN = /^\/(?!\/)[A-Za-z0-9._~/-]*$/;

/** Places that are no page to come back to: they act, or belong to a round trip. */
const NO_PAGE = /^\/(logout|theme|auth|csp-report)(\/|$)|\.data$/i;

/**
 * The own path in a form's `redirectTo`, or undefined for whatever is none (security 1.6; G22, CVE-2022-31093).
 * By parsing as a browser does, never by comparing beginnings: no control characters or spaces, no backslash, our
 * origin, a plain path, at most 512 characters, fragments dropped. Never throws.
 */
export function redirectTo(value: unknown, origin: string): string | undefined {
  if (typeof value !== 'string' || value === '' || value.length > LONGEST) return undefined;
  if (value.includes('\\') || hasControls(value) || !URL.canParse(value, origin)) return undefined;
  const url = new URL(value, origin);
  if (url.origin !== origin || !PLAIN.test(url.pathname) || NO_PAGE.test(url.pathname)) {
    return undefined;
  }
  const place = url.pathname + url.search;
  return place.length > LONGEST ? undefined : place;
}

/** Spaces too: browsers drop some of them, and then the address is another. */
const hasControls = (value: string) =>
  [...value].some((character) => character <= ' ' || character === '\u007f');
