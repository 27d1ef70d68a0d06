import type { Exchange } from './exchange.ts';
import { mannerAt } from './failures.ts';
import { countAsked, type Grant } from './grants.ts';
import { misbehave } from './misbehave.ts';
import type { RoleName } from './roles.ts';
import type { Stage } from './stage.ts';

/** The grant of the token that a call carries, where it is one of this role. */
export function bearerGrant(stage: Stage, role: RoleName, exchange: Exchange): Grant | undefined {
  const header = /^Bearer (\S+)$/i.exec(exchange.headers.authorization ?? '')?.[1];
  const token = header ?? exchange.url.searchParams.get('access_token') ?? '';
  const grant = stage.grants.byAccess(token);
  return grant?.role.name === role ? grant : undefined;
}

/** Spoils the answer of a profile where the grant asks for it. True where nothing more may be sent. */
export async function spoilProfile(exchange: Exchange, grant: Grant): Promise<boolean> {
  const before = countAsked(grant, 'profile');
  if (grant.failure === 'profile-flaky' && before === 0) return misbehave(exchange, 'server-error');
  const manner = mannerAt('profile-', grant.failure);
  return manner ? misbehave(exchange, manner) : false;
}
