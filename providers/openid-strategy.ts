import { Strategy } from 'remix-auth/strategy';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from 'openid-client';
import { z } from 'zod';
import { s256 } from './pkce.ts';
import type { Departure, Proved } from './provider.ts';

/** What the certified client answered for a code. */
export type OpenIdTokens = Awaited<ReturnType<typeof authorizationCodeGrant>>;

interface Verify {
  readonly tokens: OpenIdTokens;
  readonly nonce: string;
}

interface Asked {
  readonly configuration: Configuration;
  readonly redirectUri: string;
  readonly scope: string;
  readonly ask: Departure['ask'];
}

const COOKIE = 'openid';

/** What the strategy keeps, as the others of its family do, in a cookie of its own. */
const secrets = z.object({ state: z.string(), verifier: z.string(), nonce: z.string() });

/** A remix-auth strategy on openid-client, for one round trip with one issuer. */
export class OpenIdStrategy extends Strategy<Proved, Verify> {
  name = 'openid';
  readonly #asked: Asked;

  constructor(asked: Asked, verify: (options: Verify) => Promise<Proved>) {
    super(verify);
    this.#asked = asked;
  }

  /** Throws the redirect where the request brings no state; else redeems its code. */
  override async authenticate(request: Request): Promise<Proved> {
    const url = new URL(request.url);
    if (!url.searchParams.has('state')) throw this.#leave();
    const { state, verifier, nonce } = readCookie(request);
    const tokens = await authorizationCodeGrant(this.#asked.configuration, url, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    return this.verify({ tokens, nonce });
  }

  /** S256 whatever the issuer's metadata says: there is no fallback to `plain` (G5). */
  #leave(): Response {
    const { configuration, redirectUri, scope } = this.#asked;
    const made = { state: randomState(), verifier: randomPKCECodeVerifier(), nonce: randomNonce() };
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope,
      state: made.state,
      nonce: made.nonce,
      code_challenge: s256(made.verifier),
      code_challenge_method: 'S256',
      ...insisting(this.#asked, configuration.serverMetadata()['prompt_values_supported']),
    });
    const cookie = `${COOKIE}=${new URLSearchParams(made)}; Path=/; HttpOnly; SameSite=Lax`;
    return new Response(null, {
      status: 302,
      headers: { location: url.href, 'set-cookie': cookie },
    });
  }
}

/**
 * For a proof, `login` and `max_age=0`, which oblige the issuer to say `auth_time`. For the picker, `select_account` where
 * the issuer says that it has one, else `login`: every certified issuer knows it, and some refuse what they do not know.
 * `consent` with `offline_access`, which is ignored without it (OpenID Connect Core section 11).
 */
function insisting({ ask, scope }: Asked, prompts: unknown): Record<string, string> {
  const picks = Array.isArray(prompts) && prompts.includes('select_account');
  const account = picks ? 'select_account' : 'login';
  const asking = { nothing: [], account: [account], proof: ['login'] }[ask];
  const consent = scope.split(' ').includes('offline_access') ? ['consent'] : [];
  const prompt = [...asking, ...consent].join(' ');
  return { ...(prompt === '' ? {} : { prompt }), ...(ask === 'proof' ? { max_age: '0' } : {}) };
}

function readCookie(request: Request): z.infer<typeof secrets> {
  const [name, value = ''] = (request.headers.get('cookie') ?? '').split(/=(.*)/s);
  const parsed = secrets.safeParse(Object.fromEntries(new URLSearchParams(value)));
  if (name === COOKIE && parsed.success) return parsed.data;
  throw new ReferenceError('Missing state on cookie.');
}
