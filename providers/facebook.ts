import type { OAuth2Tokens } from 'arctic';
import type { ProviderConfig } from '../config/providers.ts';
import type { ProviderTokens } from '../vault/vault-round-trips.ts';
import { bearer, callApi } from './api-call.ts';
import { Calls, type Line } from './calls.ts';
import { appsecretProof, facebookProfile } from './facebook-profile.ts';
import { FacebookStrategy } from './facebook-strategy.ts';
import { isOwnIss, requireOwnIss } from './iss.ts';
import type { Arrival, Departure, Provider, Proved } from './provider.ts';
import { revokedBy } from './revocation.ts';
import { arriveBy, departBy, readKept } from './round-trip.ts';
import { keptTokens, requestTokens } from './token-request.ts';

export type FacebookConfig = Extract<ProviderConfig, { kind: 'facebook' }>;

/** Lives two years from May 2025; a version past its end is answered as the oldest that lives. */
const VERSION = 'v23.0';
const SIGN_IN_SCOPES = ['public_profile', 'email'];

interface Trip {
  readonly redirectUri: string;
  readonly ask: Departure['ask'];
  readonly calls: Calls;
}

/** Facebook. Its ids are given per app, so the app's id is part of the issuer. */
export class Facebook implements Provider {
  readonly name = 'facebook';
  readonly label = 'Facebook';
  readonly issRequired = false;
  readonly issuer: string;
  readonly origin: string;
  readonly #config: FacebookConfig;
  readonly #line: Line;
  readonly #graph: string;

  constructor(config: FacebookConfig, line: Line) {
    this.issuer = `${issuerOf(config.graphUrl)}/${config.clientId}`;
    this.origin = new URL(config.dialogUrl).origin;
    this.#config = config;
    this.#line = line;
    this.#graph = `${withoutSlash(config.graphUrl)}/${VERSION}`;
  }

  /** It sends none today; its OpenID metadata calls it by the dialog's address. */
  acceptsIss(iss: string | null): boolean {
    return isOwnIss(iss, [withoutSlash(this.#config.dialogUrl)], this.issRequired);
  }

  async depart({ redirectUri, ask }: Departure) {
    const strategy = this.#strategy({ redirectUri, ask, calls: new Calls(this.#line) });
    return departBy(this.name, strategy, { redirectUri, extra: {} });
  }

  async arrive(arrival: Arrival): Promise<Proved> {
    requireOwnIss(this, arrival);
    const { cookie } = readKept(this.name, arrival.kept);
    const calls = new Calls(this.#line);
    const { redirectUri } = arrival;
    const strategy = this.#strategy({ redirectUri, ask: 'nothing', calls });
    return arriveBy(this.name, strategy, { ...arrival, iss: null, cookie });
  }

  /** `DELETE /me/permissions`: all of the app's permissions, as if the person had removed it there. */
  revoke({ accessToken }: ProviderTokens) {
    const url = new URL(`${this.#graph}/me/permissions`);
    url.searchParams.set('appsecret_proof', this.#proof(accessToken));
    const headers = bearer(accessToken);
    const ask = () => new Calls(this.#line).send(url, { method: 'DELETE', headers });
    return revokedBy(ask, [200]);
  }

  /** Facebook has no refresh tokens: one that still works is exchanged for one that works longer. */
  async refresh(tokens: ProviderTokens): Promise<ProviderTokens> {
    const fields = { grant_type: 'fb_exchange_token', fb_exchange_token: tokens.accessToken };
    const request = { keys: this.#config, proof: 'body', fields } as const;
    const calls = new Calls(this.#line);
    return keptTokens(await requestTokens(calls, this.#token(), request), tokens);
  }

  fetch({ accessToken }: ProviderTokens, path: string): Promise<Response> {
    const extra = { appsecret_proof: this.#proof(accessToken) };
    return callApi(this.#line, { base: this.#graph, path, accessToken, extra });
  }

  #proof = (accessToken: string): string => appsecretProof(accessToken, this.#config.clientSecret);

  #token = (): string => `${this.#graph}/oauth/access_token`;

  #strategy(trip: Trip): FacebookStrategy {
    const { clientId, clientSecret, dialogUrl, apiScopes } = this.#config;
    const asked = {
      ...trip,
      keys: { clientId, clientSecret },
      proof: 'body',
      authorize: `${withoutSlash(dialogUrl)}/${VERSION}/dialog/oauth`,
      token: this.#token(),
      scopes: [...SIGN_IN_SCOPES, ...apiScopes],
    } as const;
    return new FacebookStrategy(asked, (tokens) => this.#proved(trip.calls, tokens));
  }

  async #proved(calls: Calls, tokens: OAuth2Tokens): Promise<Proved> {
    const { clientSecret, apiScopes } = this.#config;
    const place = { issuer: this.issuer, graph: this.#graph, clientSecret };
    const who = await facebookProfile(calls, place, tokens.accessToken());
    const none = { refreshToken: null, scopes: [...SIGN_IN_SCOPES, ...apiScopes] };
    return {
      ...who,
      provedAt: null,
      tokens: apiScopes.length > 0 ? keptTokens(tokens, none) : null,
    };
  }
}

/** Another Graph API gives other ids: its people are never Facebook's (H1). */
const issuerOf = (graphUrl: string): string =>
  new URL(graphUrl).hostname === 'graph.facebook.com'
    ? 'https://www.facebook.com'
    : withoutSlash(graphUrl);

const withoutSlash = (address: string): string => address.replace(/\/+$/, '');
