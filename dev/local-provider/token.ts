import { createHash } from 'node:crypto';
import { isClient } from './client-credentials.ts';
import { sendJson, type Exchange } from './exchange.ts';
import { mannerAt } from './failures.ts';
import type { Grant } from './grants.ts';
import { misbehave } from './misbehave.ts';
import type { Role } from './roles.ts';
import { takeNext, type Stage } from './stage.ts';

type TokenError = 'invalid_client' | 'invalid_grant' | 'unsupported_grant_type';

/** Tokens for a code, or for a refresh token. Each role says no in its own way. */
export async function token(stage: Stage, role: Role, exchange: Exchange): Promise<void> {
  const { body } = exchange;
  if (!isClient(exchange, role)) return sendTokenError(role, exchange, 'invalid_client');
  const kind = body.get('grant_type') ?? 'authorization_code';
  if (kind === 'refresh_token') return refreshed(stage, role, exchange);
  if (kind === 'fb_exchange_token' && role.name === 'facebook') {
    return exchanged(stage, role, exchange);
  }
  if (kind !== 'authorization_code')
    return sendTokenError(role, exchange, 'unsupported_grant_type');

  const grant = stage.grants.redeem(body.get('code') ?? '');
  if (!grant || !isRedeemedBy(grant, role, body)) {
    return sendTokenError(role, exchange, 'invalid_grant');
  }
  const manner = mannerAt('', grant.failure);
  if (manner && (await misbehave(exchange, manner))) return;
  const refused = refusalOf(grant);
  if (refused) return sendTokenError(role, exchange, refused);
  await sendTokens(stage, grant, { exchange });
}

/** A code is good for its client, redirect URI and verifier only. */
function isRedeemedBy(grant: Grant, role: Role, body: URLSearchParams): boolean {
  const challenge = createHash('sha256')
    .update(body.get('code_verifier') ?? '')
    .digest('base64url');
  const right = grant.role.name === role.name && body.get('redirect_uri') === grant.redirectUri;
  return right && challenge === grant.challenge;
}

function refusalOf({ failure }: Grant): TokenError | undefined {
  if (failure === 'expired-code' || failure === 'code-used-twice') return 'invalid_grant';
  return failure === 'wrong-client' ? 'invalid_client' : undefined;
}

async function refreshed(stage: Stage, role: Role, exchange: Exchange): Promise<void> {
  const manner = takeNext(stage, 'refresh');
  if (manner && (await misbehave(exchange, manner))) return;
  const grant = stage.grants.renew(exchange.body.get('refresh_token') ?? '');
  if (grant?.role.name !== role.name || grant.failure === 'refresh-refused') {
    return sendTokenError(role, exchange, 'invalid_grant');
  }
  await sendTokens(stage, { ...grant, failure: lasting(grant), nonce: null }, { exchange });
}

/** Most failures are good for one round trip. */
const lasting = ({ failure }: Grant): string => (failure === 'revoke-refused' ? failure : '');

/** Facebook has no refresh tokens: one that still works is exchanged for a longer one. */
async function exchanged(stage: Stage, role: Role, exchange: Exchange): Promise<void> {
  const manner = takeNext(stage, 'refresh');
  if (manner && (await misbehave(exchange, manner))) return;
  const grant = stage.grants.byAccess(exchange.body.get('fb_exchange_token') ?? '');
  if (grant?.role.name !== role.name || grant.failure === 'refresh-refused') {
    return sendTokenError(role, exchange, 'invalid_grant');
  }
  await sendTokens(
    stage,
    { ...grant, failure: lasting(grant) },
    { exchange, seconds: SIXTY_DAYS_S },
  );
}

const HOUR_S = 3600;
const SIXTY_DAYS_S = 60 * 86_400;
const shortLived = new Set(['short-lived', 'refresh-refused']);

async function sendTokens(
  stage: Stage,
  grant: Grant,
  { exchange, seconds = HOUR_S }: { readonly exchange: Exchange; readonly seconds?: number },
): Promise<void> {
  const { role, failure, scope } = grant;
  const { access, refresh } = stage.grants.makeTokens(grant);
  const openId = role.name === 'google' || role.name === 'acme';
  const issuer = `${stage.origin}/${role.name}`;
  sendJson(exchange, 200, {
    ...accessToken(failure, access),
    ...tokenType(failure),
    expires_in: shortLived.has(failure) ? 1 : seconds,
    ...(role.name === 'facebook' ? {} : { scope: spelled(role, scope), refresh_token: refresh }),
    ...(openId && failure !== 'no-id-token'
      ? { id_token: await stage.idTokens.sign(grant, issuer) }
      : {}),
  });
}

const accessToken = (failure: string, access: string) =>
  failure === 'no-access-token'
    ? {}
    : { access_token: failure === 'empty-access-token' ? '' : access };

const tokenType = (failure: string) =>
  failure === 'no-token-type'
    ? {}
    : { token_type: failure === 'mac-token-type' ? 'mac' : 'bearer' };

/** GitHub lists scopes with commas. */
const spelled = ({ name }: Role, scope: string) =>
  name === 'github' ? scope.split(' ').join(',') : scope;

const githubErrors = {
  invalid_client: 'incorrect_client_credentials',
  invalid_grant: 'bad_verification_code',
  unsupported_grant_type: 'unsupported_grant_type',
} as const;

function sendTokenError({ name }: Role, exchange: Exchange, error: TokenError): void {
  const text = 'The <b>local</b> provider says no.';
  if (name === 'github') {
    return sendJson(exchange, 200, { error: githubErrors[error], error_description: text });
  }
  if (name === 'facebook') {
    const message = error === 'invalid_client' ? 'Missing client_id parameter.' : text;
    return sendJson(exchange, 400, { error: { message, type: 'OAuthException', code: 101 } });
  }
  sendJson(exchange, error === 'invalid_client' ? 401 : 400, { error, error_description: text });
}
