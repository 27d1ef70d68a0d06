import { OAuth2Client, type OAuth2Tokens } from 'arctic';
import type { Calls } from './calls.ts';
import { requestTokens, type ClientKeys, type ClientProof } from './token-request.ts';

export interface OAuth2Trip {
  readonly keys: ClientKeys;
  readonly proof: ClientProof;
  readonly redirectUri: string;
  readonly calls: Calls;
}

/** Arctic's generic client with credentials that survive any secret (G16) and calls that end (G15). */
export class BoundedOAuth2Client extends OAuth2Client {
  readonly #trip: OAuth2Trip;

  constructor(trip: OAuth2Trip) {
    super(trip.keys.clientId, trip.keys.clientSecret, trip.redirectUri);
    this.#trip = trip;
  }

  /** The verifier is never missing: both strategies on this client make one for every departure. */
  override validateAuthorizationCode(
    tokenEndpoint: string,
    code: string,
    codeVerifier: string | null,
  ): Promise<OAuth2Tokens> {
    const { keys, proof, redirectUri, calls } = this.#trip;
    const fields = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: codeVerifier ?? '',
    };
    return requestTokens(calls, tokenEndpoint, { keys, proof, fields });
  }
}
