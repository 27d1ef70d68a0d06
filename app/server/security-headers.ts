import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Environment } from '../../config/environment.ts';
import type { ProviderConfig } from '../../config/providers.ts';
import { edgeState } from './edge-state.ts';

const TWO_YEARS_SECONDS = 63_072_000;

export interface HeaderSettings extends Pick<Environment, 'origin' | 'providers'> {
  /** Where the providers' sign-in pages are, as far as they have said so by now. */
  readonly signInOrigins: () => readonly string[];
  /** Vite writes styles into the page while developing. */
  readonly live: boolean;
}

/** The headers of security.md 2.8 on every answer; a route may only make them stricter. */
export function securityHeaders(settings: HeaderSettings): readonly RequestHandler[] {
  const https = settings.origin.startsWith('https:');
  const standing = helmet({
    contentSecurityPolicy: false,
    // helmet's own choice makes browsers send `Origin: null` on forms without JavaScript.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: https && { maxAge: TWO_YEARS_SECONDS, includeSubDomains: true },
    xFrameOptions: { action: 'deny' },
  });
  return [standing, perAnswer(settings)];
}

function perAnswer(settings: HeaderSettings): RequestHandler {
  const policy = contentSecurityPolicy(settings);
  return (request, response, next) => {
    response.setHeader('Content-Security-Policy', policy(edgeState(request).nonce));
    response.setHeader('Reporting-Endpoints', 'csp="/csp-report"');
    response.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=()');
    response.setHeader('Cache-Control', 'no-store');
    next();
  };
}

/** The policy of each answer, by its nonce. */
export function contentSecurityPolicy(settings: HeaderSettings): (nonce: string) => string {
  const configured = settings.providers.map(signInOrigin);
  return (nonce) => {
    const formTargets = new Set([...configured, ...settings.signInOrigins()]);
    return [
      `default-src 'none'`,
      `script-src 'nonce-${nonce}' 'strict-dynamic'`,
      `style-src 'self'${settings.live ? ` 'unsafe-inline'` : ''}`,
      `img-src 'self' data:`,
      `font-src 'self'`,
      `connect-src 'self'`,
      `form-action ${[`'self'`, ...formTargets].join(' ')}`,
      `base-uri 'none'`,
      `object-src 'none'`,
      `frame-ancestors 'none'`,
      `report-to csp`,
    ].join('; ');
  };
}

/** A form that ends at a provider by way of a redirect needs that provider's origin. As configured; an issuer may send elsewhere. */
function signInOrigin(provider: ProviderConfig): string {
  switch (provider.kind) {
    case 'github':
      return new URL(provider.baseUrl).origin;
    case 'facebook':
      return new URL(provider.dialogUrl).origin;
    case 'google':
    case 'oidc':
      return new URL(provider.issuer).origin;
  }
}
