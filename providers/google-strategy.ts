import type { OAuth2Tokens } from 'arctic';
import { GoogleStrategy } from 'remix-auth-google';
import type { OpenIdAddresses } from './issuer-metadata.ts';
import { BoundedOAuth2Client, type OAuth2Trip } from './oauth2-client.ts';
import type { Departure, Proved } from './provider.ts';

interface Asked extends OAuth2Trip {
  readonly addresses: OpenIdAddresses;
  readonly ask: Departure['ask'];
  readonly nonce: string;
  readonly apiScopes: readonly string[];
}

/** The stock strategy with addresses and a client of ours, and with the nonce that it does not know (O1). */
export class GoogleOpenIdStrategy extends GoogleStrategy<Proved> {
  readonly #asked: Asked;

  constructor(asked: Asked, proved: (tokens: OAuth2Tokens) => Promise<Proved>) {
    const { keys, redirectUri, apiScopes, addresses } = asked;
    super(
      {
        ...keys,
        redirectURI: redirectUri,
        scopes: ['openid', 'profile', 'email', ...apiScopes],
        accessType: apiScopes.length > 0 ? 'offline' : 'online',
      },
      ({ tokens }) => proved(tokens),
    );
    this.#asked = asked;
    this.options = {
      ...this.options,
      authorizationEndpoint: addresses.authorize,
      tokenEndpoint: addresses.token,
    };
    this.client = new BoundedOAuth2Client(asked);
  }

  /**
   * `select_account` for the picker; `max_age=0` for a proof, which Google answers with `auth_time` where the operator
   * switched that on; `consent` where tokens are kept, since only a fresh consent comes with a refresh token.
   */
  protected override authorizationParams(
    params: URLSearchParams,
    request: Request,
  ): URLSearchParams {
    const { ask, nonce, apiScopes } = this.#asked;
    const all = super.authorizationParams(params, request);
    all.set('nonce', nonce);
    const prompts = [
      ...(ask === 'nothing' ? [] : ['select_account']),
      ...(apiScopes.length > 0 ? ['consent'] : []),
    ];
    if (prompts.length > 0) all.set('prompt', prompts.join(' '));
    if (ask === 'proof') all.set('max_age', '0');
    return all;
  }
}
