import { createHmac } from 'node:crypto';
import { bearerGrant, spoilProfile } from './bearer.ts';
import { sendJson, type Exchange } from './exchange.ts';
import type { Grant } from './grants.ts';
import { misbehave } from './misbehave.ts';
import { presentedPerson } from './presented-person.ts';
import type { Role } from './roles.ts';
import { takeNext, type Stage } from './stage.ts';

const error = (message: string, code: number) => ({
  error: { message, type: 'OAuthException', code, fbtrace_id: 'local' },
});

/** `GET /me?fields=…`: only the fields that were asked for, and `id` always. */
export async function facebookMe(stage: Stage, exchange: Exchange): Promise<void> {
  const grant = allowed(stage, exchange);
  if (!grant) return;
  if (await spoilProfile(exchange, grant)) return;
  const fields = new Set((exchange.url.searchParams.get('fields') ?? 'id,name').split(','));
  const everything = Object.entries(profileOf(grant));
  sendJson(
    exchange,
    200,
    Object.fromEntries(everything.filter(([name]) => name === 'id' || fields.has(name))),
  );
}

function profileOf(grant: Grant): Readonly<Record<string, unknown>> {
  const { subject, name, email } = presentedPerson(grant);
  const picture = { data: { url: 'https://pictures.example/1.png', is_silhouette: false } };
  return {
    ...(grant.failure === 'missing-id' ? {} : { id: grant.failure === 'id-zero' ? 0 : subject }),
    name,
    ...(email === null ? {} : { email }),
    ...(grant.failure === 'no-picture' ? {} : { picture }),
  };
}

/** `DELETE /me/permissions`: takes the app's permissions back. */
export function facebookRevoke(stage: Stage, exchange: Exchange): void {
  const grant = allowed(stage, exchange);
  if (!grant) return;
  const token = exchange.headers.authorization?.replace(/^Bearer /, '') ?? '';
  sendJson(exchange, 200, { success: stage.grants.revoke(token) });
}

/** `DELETE /<id>/permissions` in the app's own name: its token is its id and its secret. */
export async function facebookRevokeOf(
  stage: Stage,
  { clientId, clientSecret }: Role,
  exchange: Exchange,
): Promise<void> {
  const manner = takeNext(stage, 'revocation');
  if (manner && (await misbehave(exchange, manner))) return;
  if (exchange.headers.authorization !== `Bearer ${clientId}|${clientSecret}`) {
    return sendJson(exchange, 400, error('Invalid OAuth access token.', 190));
  }
  const subject = exchange.url.pathname.split('/').at(-2) ?? '';
  sendJson(exchange, 200, { success: stage.grants.revokeOf('facebook', subject) });
}

/** The grant of a call with a good token and the proof of the app's secret; else the call is answered here. */
function allowed(stage: Stage, exchange: Exchange): Grant | undefined {
  const grant = bearerGrant(stage, 'facebook', exchange);
  if (!grant) {
    sendJson(exchange, 400, error('Invalid OAuth access token.', 190));
    return undefined;
  }
  const token = exchange.headers.authorization?.replace(/^Bearer /i, '') ?? '';
  const proof = createHmac('sha256', grant.role.clientSecret).update(token).digest('hex');
  if (exchange.url.searchParams.get('appsecret_proof') === proof) return grant;
  sendJson(
    exchange,
    400,
    error('API calls from the server require an appsecret_proof argument', 100),
  );
  return undefined;
}
