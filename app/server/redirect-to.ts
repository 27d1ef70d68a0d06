const LONGEST = 512;

/** Places that are no page to come back to: they act, or belong to a round trip. */
const NO_PAGE = /^\/(logout|theme|auth|csp-report)(\/|$)|\.data$/i;

/**
 * The own path in a form's `redirectTo`, or undefined for whatever is none (security 1.6; G22, CVE-2022-31093).
 * By parsing as a browser does, never by comparing beginnings: no control characters or spaces, no backslash, our
 * origin, no `//` after parsing, at most 512 characters, fragments dropped. Never throws.
 */
export function redirectTo(value: unknown, origin: string): string | undefined {
  if (typeof value !== 'string' || value === '' || value.length > LONGEST) return undefined;
  if (value.includes('\\') || hasControls(value) || !URL.canParse(value, origin)) return undefined;
  const url = new URL(value, origin);
  const path = url.pathname + url.search;
  if (url.origin !== origin || path.startsWith('//') || path.length > LONGEST) return undefined;
  return NO_PAGE.test(decoded(url.pathname)) ? undefined : path;
}

/** Spaces too: browsers drop some of them, and then the address is another. */
const hasControls = (value: string) =>
  [...value].some((character) => character <= ' ' || character === '\u007f');

/** Percent-encoding hides nothing from the rule above; malformed encoding is compared as it is. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
