import { OAuth2Tokens } from 'arctic';
import { z } from 'zod';
import type { ProviderTokens } from '../vault/vault-round-trips.ts';
import type { Calls } from './calls.ts';
import { jsonOf } from './json-answer.ts';
import { providerFault } from './provider-fault.ts';

/** Who we are at a provider. */
export interface ClientKeys {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** How long before their end most tokens are renewed, in milliseconds. */
export const RENEWS_BEFORE_MS = 60_000;

/** By which way a client proves itself: RFC 6749 section 2.3.1, or in the body for those who know nothing else. */
export type ClientProof = 'basic' | 'body';

/** Form-encoded first, as the RFC says and as careless clients forget: a secret with `+`, `%` or `:` works (G16). */
export const basicAuthorization = ({ clientId, clientSecret }: ClientKeys): string =>
  `Basic ${Buffer.from(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`).toString('base64')}`;

const formEncoded = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);

/** What a token endpoint has to answer (G19). The rest is the library's to read. */
const tokenAnswer = z.looseObject({
  access_token: z.string().min(1).max(8192),
  token_type: z.string().regex(/^bearer$/i),
});

/** Words of RFC 6749, RFC 7636 and GitHub that may stand in our log; any other is not repeated. */
const KNOWN_ERRORS = new Set([
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'bad_verification_code',
  'incorrect_client_credentials',
  'redirect_uri_mismatch',
  'bad_refresh_token',
  'unverified_user_email',
]);

const errorAnswer = z.looseObject({ error: z.union([z.string(), z.looseObject({})]) });

/** Asks a token endpoint. Throws ProviderFault: `provider-rejected` where it says no, as 400, 401 or, like GitHub, as 200. */
export async function requestTokens(
  calls: Calls,
  endpoint: string | URL,
  { keys, proof, fields }: { keys: ClientKeys; proof: ClientProof; fields: Record<string, string> },
): Promise<OAuth2Tokens> {
  const { provider } = calls.line;
  const { clientId, clientSecret } = keys;
  const inBody = proof === 'body' ? { client_id: clientId, client_secret: clientSecret } : {};
  const answer = await calls.send(endpoint, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      ...(proof === 'basic' ? { authorization: basicAuthorization(keys) } : {}),
    },
    body: new URLSearchParams({ ...fields, ...inBody }).toString(),
  });
  const json = await jsonOf(provider, answer);
  const refused = errorAnswer.safeParse(json);
  if (refused.success || answer.status !== 200) {
    const said = refused.success ? refused.data.error : '';
    const word = typeof said === 'string' && KNOWN_ERRORS.has(said) ? said : 'unknown';
    throw providerFault(provider, 'provider-rejected', `token: ${answer.status}, ${word}`);
  }
  const parsed = tokenAnswer.safeParse(json);
  if (parsed.success) return new OAuth2Tokens(parsed.data);
  const wrong = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw providerFault(provider, 'provider-nonsense', `token: ${wrong}`);
}

/** What is kept of an answer, with the old refresh token where no new one came. */
export function keptTokens(
  tokens: OAuth2Tokens,
  { refreshToken, scopes }: Pick<ProviderTokens, 'refreshToken' | 'scopes'>,
): ProviderTokens {
  const seconds = expiresIn.safeParse(tokens.data);
  return {
    accessToken: tokens.accessToken(),
    refreshToken: tokens.hasRefreshToken() ? tokens.refreshToken() : refreshToken,
    expiresAt: seconds.success ? new Date(Date.now() + seconds.data.expires_in * 1000) : null,
    scopes: tokens.hasScopes() ? splitScopes(tokens.scopes().join(' ')) : scopes,
  };
}

const expiresIn = z.looseObject({ expires_in: z.coerce.number().positive().max(1e9) });

/** Spaces by the RFC, commas at GitHub. */
export const splitScopes = (text: string): readonly string[] =>
  text.split(/[\s,]+/).filter((scope) => scope !== '');
