import { OAuth2Tokens } from 'arctic';
import { refreshTokenGrant, tokenRevocation, type Configuration } from 'openid-client';
import type { ProviderConfig } from '../config/providers.ts';
import type { ProviderTokens } from '../vault/vault-round-trips.ts';
import { callApi } from './api-call.ts';
import { Calls, type Line } from './calls.ts';
import type { Hear } from './heard.ts';
import { IssuerKeys, provedAtOf } from './id-token.ts';
import { isOwnIss, requireOwnIss } from './iss.ts';
import { IssuerMetadata, type OpenIdAddresses } from './issuer-metadata.ts';
import { openIdConfiguration } from './openid-configuration.ts';
import { openIdProfile } from './openid-profile.ts';
import { OpenIdStrategy, type OpenIdTokens } from './openid-strategy.ts';
import { asProviderFault, providerFault } from './provider-fault.ts';
import type { Arrival, Departure, Provider, Proved } from './provider.ts';
import { grantToken, revokedBy, unsupported } from './revocation.ts';
import { arriveBy, departBy, readKept } from './round-trip.ts';
import { RENEWS_BEFORE_MS, keptTokens, splitScopes } from './token-request.ts';

export type OpenIdConfig = Extract<ProviderConfig, { kind: 'oidc' }>;

/** Scopes that say who somebody is, or how long we may ask; any other is for an API. */
const SIGN_IN_SCOPES = new Set(['openid', 'profile', 'email', 'address', 'phone']);

interface Trip {
  readonly calls: Calls;
  readonly addresses: OpenIdAddresses;
  readonly configuration: Configuration;
}

/** Any OpenID issuer. An identity is the `sub` of its checked id token. */
export class OpenId implements Provider {
  readonly renewsBefore = RENEWS_BEFORE_MS;
  readonly name: string;
  readonly label: string;
  readonly issuer: string;
  readonly #config: OpenIdConfig;
  readonly #line: Line;
  readonly #metadata: IssuerMetadata;
  readonly #keys = new IssuerKeys();
  readonly #scopes: readonly string[];

  constructor(config: OpenIdConfig, line: Line) {
    this.name = config.name;
    this.label = config.label;
    this.issuer = config.issuer;
    this.#config = config;
    this.#line = line;
    this.#metadata = new IssuerMetadata(config.issuer);
    this.#scopes = [...new Set(['openid', ...splitScopes(config.scope)])];
  }

  /** Where the issuer said that it always names itself (RFC 9207 section 2.4); known once somebody left for it. */
  get issRequired(): boolean {
    const { metadata } = this.#metadata.known ?? {};
    return metadata?.authorization_response_iss_parameter_supported === true;
  }

  /** Of its sign-in page once it is known, which may be elsewhere than the issuer. */
  get origin(): string {
    return new URL(this.#metadata.known?.addresses.authorize ?? this.issuer).origin;
  }

  acceptsIss(iss: string | null): boolean {
    return isOwnIss(iss, [this.issuer], this.issRequired);
  }

  /** Learns the issuer's addresses early. One that is down now is asked again when somebody leaves for it. */
  async lookAhead(): Promise<void> {
    await this.#trip().catch(() => undefined);
  }

  async depart({ redirectUri, ask }: Departure) {
    const trip = await this.#trip();
    const strategy = this.#strategy(trip, { redirectUri, ask });
    return departBy(this.name, strategy, { redirectUri, extra: {} });
  }

  async arrive(arrival: Arrival): Promise<Proved> {
    const trip = await this.#trip(arrival.hear);
    requireOwnIss(this, arrival);
    const { cookie } = readKept(this.name, arrival.kept);
    const { redirectUri } = arrival;
    const strategy = this.#strategy(trip, { redirectUri, ask: 'nothing' });
    return arriveBy(this.name, strategy, { ...arrival, cookie });
  }

  revoke(tokens?: ProviderTokens) {
    if (!tokens) return unsupported;
    return revokedBy(async () => {
      const { configuration, addresses } = await this.#trip();
      if (addresses.revoke === undefined) return null;
      await tokenRevocation(configuration, grantToken(tokens));
      return new Response(null);
    }, [200]);
  }

  async refresh(tokens: ProviderTokens): Promise<ProviderTokens> {
    if (tokens.refreshToken === null) {
      throw providerFault(this.name, 'provider-rejected', 'no refresh token');
    }
    const { configuration } = await this.#trip();
    try {
      const renewed = await refreshTokenGrant(configuration, tokens.refreshToken);
      return keptTokens(new OAuth2Tokens(renewed), tokens);
    } catch (error) {
      throw asProviderFault(this.name, error);
    }
  }

  /** Its API is taken to be under the issuer. */
  fetch({ accessToken }: ProviderTokens, path: string): Promise<Response> {
    return callApi(this.#line, { base: this.issuer, path, accessToken });
  }

  async whoIs({ accessToken }: ProviderTokens, subject: string) {
    const { name: provider, issuer } = this;
    const { clientId, emailDomains } = this.#config;
    const { configuration, addresses } = await this.#trip();
    if (!addresses.userinfo) throw providerFault(provider, 'provider-nonsense', 'no userinfo');
    const place = { provider, issuer, configuration, emailDomains };
    const claims = { sub: subject, aud: clientId };
    try {
      return (await openIdProfile(place, { claims, accessToken })).profile;
    } catch (error) {
      throw asProviderFault(provider, error);
    }
  }

  async #trip(hear?: Hear): Promise<Trip> {
    const calls = new Calls(this.#line, hear);
    const { addresses, metadata } = await this.#metadata.read(calls);
    return { calls, addresses, configuration: openIdConfiguration(calls, metadata, this.#config) };
  }

  #strategy(trip: Trip, { redirectUri, ask }: Departure): OpenIdStrategy {
    const { configuration } = trip;
    const asked = { configuration, redirectUri, ask, scope: this.#scopes.join(' ') };
    return new OpenIdStrategy(asked, ({ tokens, nonce }) => this.#proved(trip, tokens, nonce));
  }

  /** openid-client has checked the claims; the signature is checked here, though the token came straight from the issuer. */
  async #proved(trip: Trip, tokens: OpenIdTokens, nonce: string): Promise<Proved> {
    const { calls, configuration, addresses } = trip;
    const { name: provider, issuer } = this;
    const { clientId, emailDomains } = this.#config;
    const { jwks: jwksUri, algorithms } = addresses;
    const expected = { issuer, clientId, nonce, jwksUri, algorithms };
    const claims = await this.#keys.verify(calls, tokens.id_token ?? '', expected);
    const who = await openIdProfile(
      { provider, issuer, configuration, emailDomains },
      { claims, accessToken: tokens.access_token },
    );
    const keeps = this.#scopes.some((scope) => !SIGN_IN_SCOPES.has(scope));
    const none = { refreshToken: null, scopes: this.#scopes };
    return {
      ...who,
      provedAt: provedAtOf(claims),
      tokens: keeps ? keptTokens(new OAuth2Tokens(tokens), none) : null,
    };
  }
}
