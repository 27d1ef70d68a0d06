import { bearerGrant, spoilProfile } from './bearer.ts';
import { isClient } from './client-credentials.ts';
import { sendJson, sendNothing, type Exchange } from './exchange.ts';
import { misbehave } from './misbehave.ts';
import { numericId, presentedPerson } from './presented-person.ts';
import type { Role } from './roles.ts';
import { takeNext, type Stage } from './stage.ts';

const badCredentials = { message: 'Bad credentials', documentation_url: 'https://docs.github.com' };
const notFound = { message: 'Not Found', documentation_url: 'https://docs.github.com' };

/** `GET /user`: a numeric id, and an e-mail only where somebody made it public; nobody here did. */
export async function githubUser(stage: Stage, exchange: Exchange): Promise<void> {
  const grant = bearerGrant(stage, 'github', exchange);
  if (!grant) return sendJson(exchange, 401, badCredentials);
  if (await spoilProfile(exchange, grant)) return;
  const { handle, name } = presentedPerson(grant);
  sendJson(exchange, 200, {
    login: handle,
    id: numericId(grant),
    node_id: 'MDQ6VXNlcjE=',
    avatar_url: grant.failure === 'no-picture' ? null : 'https://pictures.example/1.png',
    type: 'User',
    name,
    email: null,
  });
}

/** `GET /user/emails`: every address, the primary one among them. */
export function githubEmails(stage: Stage, exchange: Exchange): void {
  const grant = bearerGrant(stage, 'github', exchange);
  if (!grant) return sendJson(exchange, 401, badCredentials);
  const granted = grant.scope.split(/[ ,]/).some((scope) => /^user(:email)?$/.test(scope));
  if (!granted || grant.failure === 'no-emails-page') return sendJson(exchange, 404, notFound);
  const { handle, email, emailVerified } = presentedPerson(grant);
  const hidden = `${numericId(grant)}+${handle}@users.noreply.github.com`;
  sendJson(exchange, 200, [
    { email: hidden, primary: false, verified: true, visibility: null },
    ...(email === null
      ? []
      : [{ email, primary: true, verified: emailVerified, visibility: 'private' }]),
  ]);
}

/** `DELETE /applications/{client_id}/grant`: takes the whole grant back. */
export async function githubRevoke(stage: Stage, role: Role, exchange: Exchange): Promise<void> {
  const manner = takeNext(stage, 'revocation');
  if (manner && (await misbehave(exchange, manner))) return;
  if (!isClient(exchange, role)) return sendJson(exchange, 401, badCredentials);
  const known = stage.grants.revoke(exchange.body.get('access_token') ?? '');
  if (!known) return sendJson(exchange, 404, notFound);
  sendNothing(exchange, 204);
}
