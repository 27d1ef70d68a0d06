import { isLoopback } from '../config/loopback.ts';
import { asciiDomain, canonical } from '../domain/canonical.ts';

/**
 * When a provider's e-mail counts as verified (security 1.5, H15). Everything else that a provider says about an e-mail
 * is something to show, and proves nothing.
 */

const domainOf = (email: string): string | undefined =>
  asciiDomain(canonical(email.slice(email.lastIndexOf('@') + 1)));

/** Whether the operator listed the e-mail's domain for this provider: the domain itself, none below it. */
export function isListed(email: string, domains: readonly string[]): boolean {
  const domain = domainOf(email);
  return (
    domain !== undefined && domains.some((listed) => asciiDomain(canonical(listed)) === domain)
  );
}

/**
 * GitHub itself vouches for every e-mail that it marks as verified; an Enterprise server only for the domains its
 * operator listed. What plays GitHub on this machine is believed as GitHub is, unless domains are listed.
 */
export function githubVouches(
  email: string,
  { baseUrl, emailDomains }: { readonly baseUrl: string; readonly emailDomains: readonly string[] },
): boolean {
  if (emailDomains.length > 0) return isListed(email, emailDomains);
  const { protocol, hostname } = new URL(baseUrl);
  return hostname === 'github.com' || (protocol === 'http:' && isLoopback(hostname));
}

/**
 * Google owns gmail.com, and a Workspace domain is spoken for by `hd`; any other address it marks as verified was
 * verified once and may have changed hands since. Another issuer that is configured as Google vouches for nobody.
 */
export function googleVouches(
  email: string,
  { issuer, hostedDomain }: { readonly issuer: string; readonly hostedDomain: string | undefined },
): boolean {
  const { protocol, hostname } = new URL(issuer);
  const own = issuer === GOOGLE || (protocol === 'http:' && isLoopback(hostname));
  const domain = domainOf(email);
  if (!own || domain === undefined) return false;
  return domain === 'gmail.com' || domain === hostedDomain?.toLowerCase();
}

export const GOOGLE = 'https://accounts.google.com';
