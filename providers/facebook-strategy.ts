import type { OAuth2Tokens } from 'arctic';
import { OAuth2Strategy } from 'remix-auth-oauth2';
import { BoundedOAuth2Client, type OAuth2Trip } from './oauth2-client.ts';
import type { Departure, Proved } from './provider.ts';

interface Asked extends OAuth2Trip {
  readonly authorize: string;
  readonly token: string;
  readonly ask: Departure['ask'];
  readonly scopes: readonly string[];
}

/** The stock strategy for any OAuth 2 provider, as Facebook wants it: credentials in the body, `auth_type`. */
export class FacebookStrategy extends OAuth2Strategy<Proved> {
  readonly #ask: Departure['ask'];

  constructor(asked: Asked, proved: (tokens: OAuth2Tokens) => Promise<Proved>) {
    super(
      {
        ...asked.keys,
        redirectURI: asked.redirectUri,
        authorizationEndpoint: asked.authorize,
        tokenEndpoint: asked.token,
        scopes: [...asked.scopes],
      },
      ({ tokens }) => proved(tokens),
    );
    this.#ask = asked.ask;
    this.client = new BoundedOAuth2Client(asked);
  }

  /** Facebook has no account picker; asking for the password again shows whose it is, and lets another sign in. */
  protected override authorizationParams(
    params: URLSearchParams,
    request: Request,
  ): URLSearchParams {
    const all = super.authorizationParams(params, request);
    if (this.#ask !== 'nothing') all.set('auth_type', 'reauthenticate');
    return all;
  }
}
