import type { OAuth2Tokens } from 'arctic';
import { randomNonce } from 'openid-client';
import type { ProviderConfig } from '../config/providers.ts';
import type { ProviderTokens } from '../vault/vault-round-trips.ts';
import { callApi } from './api-call.ts';
import { Calls, type Line } from './calls.ts';
import { googleProfile } from './google-profile.ts';
import { GoogleOpenIdStrategy } from './google-strategy.ts';
import { IssuerKeys } from './id-token.ts';
import { isOwnIss, requireOwnIss } from './iss.ts';
import { IssuerMetadata, type OpenIdAddresses } from './issuer-metadata.ts';
import { GOOGLE } from './proved-email.ts';
import { providerFault } from './provider-fault.ts';
import type { Arrival, Departure, Provider, Proved } from './provider.ts';
import { grantToken, revokedBy, unsupported } from './revocation.ts';
import { arriveBy, departBy, readKept } from './round-trip.ts';
import { RENEWS_BEFORE_MS, keptTokens, requestTokens } from './token-request.ts';

export type GoogleConfig = Extract<ProviderConfig, { kind: 'google' }>;

/** As Google's own discovery document names them; they have been these for years, and a sign-in saves a call. */
const googleAddresses: OpenIdAddresses = {
  authorize: 'https://accounts.google.com/o/oauth2/v2/auth',
  token: 'https://oauth2.googleapis.com/token',
  userinfo: 'https://openidconnect.googleapis.com/v1/userinfo',
  jwks: 'https://www.googleapis.com/oauth2/v3/certs',
  revoke: 'https://oauth2.googleapis.com/revoke',
  algorithms: ['RS256'],
};

interface Trip {
  readonly redirectUri: string;
  readonly ask: Departure['ask'];
  readonly nonce: string;
  readonly calls: Calls;
  readonly addresses: OpenIdAddresses;
}

/** Google, or the issuer configured in its place. An identity is the `sub` of a checked id token. */
export class Google implements Provider {
  readonly name = 'google';
  readonly label = 'Google';
  readonly issRequired = false;
  readonly renewsBefore = RENEWS_BEFORE_MS;
  readonly issuer: string;
  readonly origin: string;
  readonly #config: GoogleConfig;
  readonly #line: Line;
  readonly #metadata: IssuerMetadata;
  readonly #keys = new IssuerKeys();

  constructor(config: GoogleConfig, line: Line) {
    this.issuer = config.issuer;
    this.origin = new URL(config.issuer).origin;
    this.#config = config;
    this.#line = line;
    this.#metadata = new IssuerMetadata(config.issuer);
  }

  acceptsIss(iss: string | null): boolean {
    return isOwnIss(iss, [this.issuer], this.issRequired);
  }

  async depart({ redirectUri, ask }: Departure) {
    const calls = new Calls(this.#line);
    const nonce = randomNonce();
    const addresses = await this.#addresses(calls);
    const strategy = this.#strategy({ redirectUri, ask, nonce, calls, addresses });
    return departBy(this.name, strategy, { redirectUri, extra: { nonce } });
  }

  async arrive(arrival: Arrival): Promise<Proved> {
    requireOwnIss(this, arrival);
    const { cookie, nonce } = readKept(this.name, arrival.kept);
    if (!nonce) throw providerFault(this.name, 'provider-mismatch', 'no nonce was kept');
    const { redirectUri } = arrival;
    const calls = new Calls(this.#line, arrival.hear);
    const addresses = await this.#addresses(calls);
    const strategy = this.#strategy({ redirectUri, ask: 'nothing', nonce, calls, addresses });
    return arriveBy(this.name, strategy, { ...arrival, iss: null, cookie });
  }

  revoke(tokens?: ProviderTokens) {
    if (!tokens) return unsupported;
    return revokedBy(async () => {
      const calls = new Calls(this.#line);
      const { revoke } = await this.#addresses(calls);
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const body = new URLSearchParams({ token: grantToken(tokens) }).toString();
      return revoke === undefined ? null : calls.send(revoke, { method: 'POST', headers, body });
    }, [200]);
  }

  async refresh(tokens: ProviderTokens): Promise<ProviderTokens> {
    if (tokens.refreshToken === null) {
      throw providerFault(this.name, 'provider-rejected', 'no refresh token');
    }
    const calls = new Calls(this.#line);
    const { token } = await this.#addresses(calls);
    const fields = { grant_type: 'refresh_token', refresh_token: tokens.refreshToken };
    const request = { keys: this.#config, proof: 'basic', fields } as const;
    return keptTokens(await requestTokens(calls, token, request), tokens);
  }

  fetch({ accessToken }: ProviderTokens, path: string): Promise<Response> {
    const base = this.issuer === GOOGLE ? 'https://www.googleapis.com' : this.issuer;
    return callApi(this.#line, { base, path, accessToken });
  }

  /** By userinfo alone, which proves no e-mail: only an id token does. */
  async whoIs({ accessToken }: ProviderTokens, subject: string) {
    const calls = new Calls(this.#line);
    const { userinfo = `${this.issuer}/userinfo` } = await this.#addresses(calls);
    const claims = { sub: subject, aud: this.#config.clientId };
    const place = { issuer: this.issuer, userinfo };
    return (await googleProfile(calls, place, { claims, accessToken })).profile;
  }

  /** Its own, or those of the issuer that is configured in its place. */
  async #addresses(calls: Calls): Promise<OpenIdAddresses> {
    if (this.issuer === GOOGLE) return googleAddresses;
    return (await this.#metadata.read(calls)).addresses;
  }

  #strategy(trip: Trip): GoogleOpenIdStrategy {
    const { clientId, clientSecret, apiScopes } = this.#config;
    const keys = { clientId, clientSecret };
    const asked = { ...trip, keys, proof: 'basic', apiScopes } as const;
    return new GoogleOpenIdStrategy(asked, (tokens) => this.#proved(trip, tokens));
  }

  async #proved({ calls, addresses, nonce }: Trip, tokens: OAuth2Tokens): Promise<Proved> {
    const { clientId, apiScopes } = this.#config;
    const { jwks: jwksUri, algorithms } = addresses;
    const expected = { issuer: this.issuer, clientId, nonce, jwksUri, algorithms };
    const claims = await this.#keys.verify(calls, tokens.idToken(), expected);
    const userinfo = addresses.userinfo ?? `${this.issuer}/userinfo`;
    const place = { issuer: this.issuer, userinfo };
    const who = await googleProfile(calls, place, { claims, accessToken: tokens.accessToken() });
    const none = { refreshToken: null, scopes: apiScopes };
    return { ...who, tokens: apiScopes.length > 0 ? keptTokens(tokens, none) : null };
  }
}
