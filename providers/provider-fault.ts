import type { ProviderName } from '../domain/account/events.ts';
import { ProviderFault, type ProviderFaultCode } from './provider.ts';

/**
 * A fault with a word for the operator: which call, what was wrong. The word is always ours; what a provider
 * sends, and the errors of libraries that carry it, stay behind (G21, G24).
 */
export const providerFault = (
  provider: ProviderName,
  code: ProviderFaultCode,
  what: string,
): ProviderFault => new ProviderFault(code, provider, { cause: new Error(what) });

/** How far the causes of an error are followed: libraries wrap once or twice. */
const DEPTH = 5;

/**
 * One result for all the types that strategies and their libraries throw (G24): a fault of ours from wherever it was
 * wrapped, else the code that the error's kind stands for.
 */
export function asProviderFault(provider: ProviderName, error: unknown): ProviderFault {
  let inner = error;
  for (let depth = 0; depth < DEPTH && inner instanceof Error; depth += 1) {
    if (inner instanceof ProviderFault) return inner;
    inner = inner.cause;
  }
  const kind = kindOf(error);
  return providerFault(provider, codeOf(kind, error), kind);
}

/** The error's class, which no provider can choose. */
const kindOf = (error: unknown): string =>
  error instanceof Error ? error.constructor.name : typeof error;

/** Codes of openid-client and jose for tokens, claims and signatures that are not for us. */
const MISMATCHES = new Set([
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
  'OAUTH_INVALID_SIGNATURE',
  'OAUTH_KEY_SELECTION_FAILED',
  'ERR_JWT_CLAIM_VALIDATION_FAILED',
  'ERR_JWT_EXPIRED',
  'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  'ERR_JOSE_ALG_NOT_ALLOWED',
  'ERR_JWKS_NO_MATCHING_KEY',
]);

/** Errors of arctic and openid-client for a token endpoint, a way back or an API that says no. */
const REFUSALS = new Set([
  'OAuth2RequestError',
  'ResponseBodyError',
  'AuthorizationResponseError',
  'WWWAuthenticateChallengeError',
]);

function codeOf(kind: string, error: unknown): ProviderFaultCode {
  // A strategy's own: state or cookie missing, or not the pair it made.
  if (kind === 'RangeError' || kind === 'ReferenceError') return 'provider-mismatch';
  // A strategy that starts anew instead of arriving.
  if (error instanceof Response) return 'provider-mismatch';
  if (REFUSALS.has(kind)) return 'provider-rejected';
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
  return MISMATCHES.has(String(code)) ? 'provider-mismatch' : 'provider-nonsense';
}
