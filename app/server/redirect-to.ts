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

/** The question that a round trip left behind: the one page of a round trip that has a form of its own. */
const QUESTION = /^\/auth\/confirm\?pending=[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Where a re-authentication leads back to: a page of ours, or the question that asked for it (H6). A question is shown
 * only to the browser, session and account that it belongs to, so its address is worth nothing to anybody else.
 */
export const formPage = (value: unknown, origin: string): string | undefined =>
  typeof value === 'string' && QUESTION.test(value) ? value : redirectTo(value, origin);

/** Spaces too: browsers drop some of them, and then the address is another. */
const hasControls = (value: string) =>
  [...value].some((character) => character <= ' ' || character === '\u007f');
