import { GitHub, type OAuth2Tokens } from 'arctic';
import type { Calls } from './calls.ts';
import { s256 } from './pkce.ts';
import { requestTokens, type ClientKeys } from './token-request.ts';

/** Where one GitHub lives: github.com, an Enterprise server, or what plays it. */
export interface GithubAddresses {
  readonly authorize: string;
  readonly token: string;
  /** Of its API, without a slash at the end. */
  readonly api: string;
}

/** Pages under the base; the API of github.com has a host of its own, an Enterprise server's is under `/api/v3`. */
export function githubAddresses(baseUrl: string): GithubAddresses {
  const base = baseUrl.replace(/\/+$/, '');
  const api = new URL(base).hostname === 'github.com' ? 'https://api.github.com' : `${base}/api/v3`;
  return {
    authorize: `${base}/login/oauth/authorize`,
    token: `${base}/login/oauth/access_token`,
    api,
  };
}

export interface GithubTrip {
  readonly keys: ClientKeys;
  readonly addresses: GithubAddresses;
  readonly redirectUri: string;
  /** Of PKCE, one for each round trip. */
  readonly verifier: string;
  readonly calls: Calls;
}

/** Arctic's client with PKCE (G5), addresses of our choice (G17), and calls that end (G15). */
export class GithubClient extends GitHub {
  readonly #trip: GithubTrip;

  constructor(trip: GithubTrip) {
    super(trip.keys.clientId, trip.keys.clientSecret, trip.redirectUri);
    this.#trip = trip;
  }

  override createAuthorizationURL(state: string, scopes: string[]): URL {
    const { addresses, verifier } = this.#trip;
    const url = new URL(addresses.authorize);
    url.search = super.createAuthorizationURL(state, scopes).search;
    url.searchParams.set('code_challenge_method', 'S256');
    url.searchParams.set('code_challenge', s256(verifier));
    return url;
  }

  override async validateAuthorizationCode(code: string): Promise<OAuth2Tokens> {
    const { keys, addresses, redirectUri, verifier, calls } = this.#trip;
    const fields = { redirect_uri: redirectUri, code_verifier: verifier };
    return requestTokens(calls, addresses.token, {
      keys,
      proof: 'basic',
      fields: { grant_type: 'authorization_code', code, ...fields },
    });
  }
}
