import { generateCodeVerifier, type OAuth2Tokens } from 'arctic';
import type { ProviderConfig } from '../config/providers.ts';
import type { ProviderTokens } from '../vault/vault-round-trips.ts';
import { callApi } from './api-call.ts';
import { Calls, type Line } from './calls.ts';
import { githubAddresses } from './github-client.ts';
import { githubProfile } from './github-profile.ts';
import { GithubStrategy } from './github-strategy.ts';
import { isOwnIss, requireOwnIss } from './iss.ts';
import { providerFault } from './provider-fault.ts';
import { ofSubject } from './profile-text.ts';
import type { Arrival, Departure, Provider, Proved } from './provider.ts';
import { revokedBy, unsupported } from './revocation.ts';
import { arriveBy, departBy, readKept } from './round-trip.ts';
import {
  RENEWS_BEFORE_MS,
  basicAuthorization,
  keptTokens,
  requestTokens,
} from './token-request.ts';

export type GithubConfig = Extract<ProviderConfig, { kind: 'github' }>;

/** Enough for `/user/emails`; who somebody is needs no scope. */
const SIGN_IN_SCOPES = ['user:email'];

/** GitHub, or an Enterprise server of it. An identity is the numeric id at `https://<host>`. */
export class Github implements Provider {
  readonly name = 'github';
  readonly label = 'GitHub';
  readonly issRequired = false;
  readonly renewsBefore = RENEWS_BEFORE_MS;
  readonly issuer: string;
  readonly origin: string;
  readonly #config: GithubConfig;
  readonly #line: Line;

  constructor(config: GithubConfig, line: Line) {
    const { host, origin } = new URL(config.baseUrl);
    this.issuer = `https://${host}`;
    this.origin = origin;
    this.#config = config;
    this.#line = line;
  }

  /** GitHub calls itself `https://github.com/login/oauth` on the way back (seen since April 2026). */
  acceptsIss(iss: string | null): boolean {
    const { authorize } = githubAddresses(this.#config.baseUrl);
    return isOwnIss(iss, [this.issuer, authorize.replace(/\/authorize$/, '')], this.issRequired);
  }

  async depart({ redirectUri, ask }: Departure) {
    const verifier = generateCodeVerifier();
    const strategy = this.#strategy({ redirectUri, ask, verifier, calls: new Calls(this.#line) });
    return departBy(this.name, strategy, { redirectUri, extra: { verifier } });
  }

  async arrive(arrival: Arrival): Promise<Proved> {
    requireOwnIss(this, arrival);
    const { cookie, verifier } = readKept(this.name, arrival.kept);
    if (!verifier) throw providerFault(this.name, 'provider-mismatch', 'no verifier was kept');
    const { redirectUri } = arrival;
    const calls = new Calls(this.#line, arrival.hear);
    const strategy = this.#strategy({ redirectUri, ask: 'nothing', verifier, calls });
    return arriveBy(this.name, strategy, { ...arrival, iss: null, cookie });
  }

  /** `DELETE /applications/{client_id}/grant`: the whole grant, with every token of it. */
  revoke(tokens?: ProviderTokens) {
    if (!tokens) return unsupported;
    const { clientId, baseUrl } = this.#config;
    const { api } = githubAddresses(baseUrl);
    const address = `${api}/applications/${encodeURIComponent(clientId)}/grant`;
    const headers = {
      authorization: basicAuthorization(this.#config),
      accept: 'application/vnd.github+json',
      'content-type': 'application/json',
    };
    const body = JSON.stringify({ access_token: tokens.accessToken });
    const ask = () => new Calls(this.#line).send(address, { method: 'DELETE', headers, body });
    return revokedBy(ask, [204]);
  }

  /** GitHub Apps have refresh tokens; OAuth apps' tokens do not end. */
  async refresh(tokens: ProviderTokens): Promise<ProviderTokens> {
    if (tokens.refreshToken === null) {
      throw providerFault(this.name, 'provider-rejected', 'no refresh token');
    }
    const fields = { grant_type: 'refresh_token', refresh_token: tokens.refreshToken };
    const { token } = githubAddresses(this.#config.baseUrl);
    const calls = new Calls(this.#line);
    const request = { keys: this.#config, proof: 'basic', fields } as const;
    return keptTokens(await requestTokens(calls, token, request), tokens);
  }

  fetch({ accessToken }: ProviderTokens, path: string): Promise<Response> {
    const { api } = githubAddresses(this.#config.baseUrl);
    return callApi(this.#line, { base: api, path, accessToken });
  }

  #strategy(trip: { redirectUri: string; ask: Departure['ask']; verifier: string; calls: Calls }) {
    const { clientId, clientSecret, apiScopes, baseUrl } = this.#config;
    const scopes = [...SIGN_IN_SCOPES, ...apiScopes];
    const addresses = githubAddresses(baseUrl);
    const proved = (tokens: OAuth2Tokens) => this.#proved(trip.calls, tokens);
    return new GithubStrategy(
      { ...trip, keys: { clientId, clientSecret }, addresses, scopes },
      proved,
    );
  }

  async whoIs({ accessToken }: ProviderTokens, subject: string) {
    const { profile } = await this.#profile(new Calls(this.#line), accessToken);
    return ofSubject(this.name, profile, subject);
  }

  #profile(calls: Calls, accessToken: string) {
    const { baseUrl, emailDomains } = this.#config;
    const { api } = githubAddresses(baseUrl);
    return githubProfile(calls, { issuer: this.issuer, api, baseUrl, emailDomains }, accessToken);
  }

  async #proved(calls: Calls, tokens: OAuth2Tokens): Promise<Proved> {
    const { apiScopes } = this.#config;
    const who = await this.#profile(calls, tokens.accessToken());
    const none = { refreshToken: null, scopes: apiScopes };
    return {
      ...who,
      provedAt: null,
      tokens: apiScopes.length > 0 ? keptTokens(tokens, none) : null,
    };
  }
}
