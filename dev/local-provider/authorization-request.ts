import { isLoopback } from '../../config/loopback.ts';
import type { Role } from './roles.ts';
import type { Stage } from './stage.ts';

/** What a client asks for by sending somebody here. */
export interface AuthorizationRequest {
  readonly role: Role;
  readonly redirectUri: URL;
  readonly state: string;
  readonly scope: string;
  readonly challenge: string;
  readonly nonce: string | null;
  /** The person must be asked, even if this browser is remembered. */
  readonly mustAsk: boolean;
  /** The person must prove themselves again. */
  readonly mustProve: boolean;
  readonly maxAge: number | null;
}

/** Who asks cannot be told, so nobody may be sent anywhere; or they can, and are told what is wrong. */
export type Misrequest = { readonly page: string } | { readonly back: URL; readonly error: string };

/** Reads what stands in the address, as strictly as the strictest of the real ones. */
export function readAuthorizationRequest(
  stage: Stage,
  role: Role,
  query: URLSearchParams,
): AuthorizationRequest | Misrequest {
  if (query.get('client_id') !== role.clientId) return { page: 'No client has this client_id.' };
  const redirectUri = registered(stage, role, query.get('redirect_uri') ?? '');
  if (!redirectUri) return { page: 'This redirect_uri is not registered for the client.' };

  const state = query.get('state') ?? '';
  const challenge = query.get('code_challenge') ?? '';
  const pkce = query.get('code_challenge_method') === 'S256' && /^[\w-]{43}$/.test(challenge);
  const openId = role.name === 'google' || role.name === 'acme';
  const scope = query.get('scope') ?? '';
  const back = new URL(redirectUri);
  back.searchParams.set('state', state);
  if (state === '' || !pkce) return { back, error: 'invalid_request' };
  if (query.get('response_type') !== 'code') return { back, error: 'unsupported_response_type' };
  if (openId && !scope.split(' ').includes('openid')) return { back, error: 'invalid_scope' };
  return {
    role,
    redirectUri,
    state,
    scope,
    challenge,
    nonce: query.get('nonce'),
    ...insisting(query),
  };
}

/** How far the client insists on the person, in the words of all four. */
function insisting(query: URLSearchParams) {
  const prompts = query.get('prompt')?.split(' ') ?? [];
  const again = query.get('auth_type') === 'reauthenticate' || prompts.includes('login');
  const maxAge = query.get('max_age');
  return {
    mustAsk: again || prompts.includes('select_account') || prompts.includes('consent'),
    mustProve: again,
    maxAge: maxAge !== null && /^\d{1,9}$/.test(maxAge) ? Number(maxAge) : null,
  };
}

/** A redirect URI exactly as it was registered: the app's callback for this provider. */
function registered({ appOrigins }: Stage, { name }: Role, uri: string): URL | undefined {
  if (!URL.canParse(uri)) return undefined;
  const url = new URL(uri);
  const path =
    name === 'acme' ? /^\/auth\/[a-z][a-z0-9]{0,19}\/callback$/ : `/auth/${name}/callback`;
  const own = appOrigins ? appOrigins.includes(url.origin) : isLoopback(url.hostname);
  const right = typeof path === 'string' ? url.pathname === path : path.test(url.pathname);
  return own && right && uri === `${url.origin}${url.pathname}` ? url : undefined;
}
