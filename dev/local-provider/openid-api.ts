import { bearerGrant, spoilProfile } from './bearer.ts';
import { isClient } from './client-credentials.ts';
import { sendJson, sendNothing, type Exchange } from './exchange.ts';
import { openIdClaims } from './id-tokens.ts';
import { misbehave } from './misbehave.ts';
import type { Role } from './roles.ts';
import { takeNext, type Stage } from './stage.ts';

/** `/.well-known/openid-configuration` of a role that speaks OpenID. */
export async function discovery(stage: Stage, role: Role, exchange: Exchange): Promise<void> {
  const manner = takeNext(stage, 'discovery');
  if (manner && (await misbehave(exchange, manner))) return;
  const issuer = `${stage.origin}/${role.name}`;
  sendJson(exchange, 200, {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    revocation_endpoint: `${issuer}/revoke`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
    prompt_values_supported: ['login', 'select_account', 'consent'],
    ...(role.iss === null ? {} : { authorization_response_iss_parameter_supported: true }),
  });
}

/** The public keys of id tokens. */
export async function keys(stage: Stage, exchange: Exchange): Promise<void> {
  const manner = takeNext(stage, 'keys');
  if (manner && (await misbehave(exchange, manner))) return;
  sendJson(exchange, 200, stage.idTokens.jwks);
}

/** What an OpenID provider says of the person a token is for. */
export async function userinfo(stage: Stage, role: Role, exchange: Exchange): Promise<void> {
  const grant = bearerGrant(stage, role.name, exchange);
  if (!grant) return sendJson(exchange, 401, { error: 'invalid_token' });
  if (await spoilProfile(exchange, grant)) return;
  const claims = openIdClaims(grant);
  const other = grant.failure === 'other-userinfo' ? { sub: 'somebody-else' } : {};
  sendJson(exchange, 200, { ...claims, ...other });
}

/** RFC 7009: takes the grant of a token back; says yes to a token nobody knows. Google asks for no client. */
export async function revocation(stage: Stage, role: Role, exchange: Exchange): Promise<void> {
  const manner = takeNext(stage, 'revocation');
  if (manner && (await misbehave(exchange, manner))) return;
  if (role.name !== 'google' && !isClient(exchange, role)) {
    return sendJson(exchange, 401, { error: 'invalid_client' });
  }
  stage.grants.revoke(exchange.body.get('token') ?? '');
  sendNothing(exchange, 200);
}
