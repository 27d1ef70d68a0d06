/**
 * Canonical forms: two spellings with one canonical form are one name. Claim keys are made of them, so they can
 * never change.
 */

/**
 * NFKC, then lower case, then NFKC, then trimmed. In any other order it is not idempotent (Spotify 2013:
 * `ᴮᴵᴳᴮᴵᴿᴰ` becomes `BIGBIRD`, which becomes `bigbird`).
 */
export const canonical = (text: string): string =>
  text.normalize('NFKC').toLowerCase().normalize('NFKC').trim();

export const canonicalUsername = canonical;

/**
 * The canonical form with its domain as DNS spells it, so that `bücher.example` and `xn--bcher-kva.example` are
 * one. Dots and +tags of the local part stay: they may be two people. Text that is no address is only made canonical.
 */
export function canonicalEmail(text: string): string {
  const whole = canonical(text);
  const at = whole.lastIndexOf('@');
  if (at < 0) return whole;
  const domain = asciiDomain(whole.slice(at + 1));
  return domain === undefined ? whole : `${whole.slice(0, at)}@${domain}`;
}

/** What the URL parser would read as something else than a host name: a port, a path, an escape. */
const hostCharacters = /^[a-z0-9.\-\u{80}-\u{10ffff}]+$/u;
const hostName =
  /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const lastLabelIsNumber = /\.[0-9]+$/;

/** A domain in its ASCII form (IDNA), or undefined if it is not a name of two labels or more. */
export function asciiDomain(domain: string): string | undefined {
  if (!hostCharacters.test(domain) || !URL.canParse(`http://${domain}`)) return undefined;
  const { hostname } = new URL(`http://${domain}`);
  return hostName.test(hostname) && !lastLabelIsNumber.test(hostname) ? hostname : undefined;
}
