import type { OAuth2Tokens } from 'arctic';
import type { ProviderConfig } from '../config/providers.ts';
import type { ProviderTokens } from '../vault/vault-round-trips.ts';
import { bearer, callApi } from './api-call.ts';
import { Calls, type Line } from './calls.ts';
import { isBadToken, saysNo } from './facebook-answers.ts';
import { appsecretProof, facebookProfile } from './facebook-profile.ts';
import { readSignedRequest } from './facebook-signed-request.ts';
import { FacebookStrategy } from './facebook-strategy.ts';
import { isOwnIss, requireOwnIss } from './iss.ts';
import { ofSubject } from './profile-text.ts';
import type { Arrival, Departure, Provider, Proved } from './provider.ts';
import { revokedBy, unsupported } from './revocation.ts';
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
  /** Its tokens live for sixty days and are exchanged only while they do. */
  readonly renewsBefore = 14 * 86_400_000;
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
    const calls = new Calls(this.#line, arrival.hear);
    const { redirectUri } = arrival;
    const strategy = this.#strategy({ redirectUri, ask: 'nothing', calls });
    return arriveBy(this.name, strategy, { ...arrival, iss: null, cookie });
  }

  readonly revokesBySubject = true;

  /**
   * `DELETE /<id>/permissions`: all of the app's permissions, as if the person had removed it there. In the app's own
   * name where the id is known, so that it needs no token of the person's.
   */
  revoke(tokens?: ProviderTokens, subject?: string) {
    const { clientId, clientSecret } = this.#config;
    const accessToken = subject === undefined ? tokens?.accessToken : `${clientId}|${clientSecret}`;
    if (accessToken === undefined) return unsupported;
    const who = subject === undefined ? 'me' : encodeURIComponent(subject);
    const url = new URL(`${this.#graph}/${who}/permissions`);
    url.searchParams.set('appsecret_proof', this.#proof(accessToken));
    const headers = bearer(accessToken);
    return revokedBy(async () => {
      const answer = await new Calls(this.#line).send(url, { method: 'DELETE', headers });
      return (await saysNo(answer)) ? new Response(null, { status: 400 }) : answer;
    }, [200]);
  }

  /** Facebook has no refresh tokens: one that still works is exchanged for one that works longer. */
  refresh(tokens: ProviderTokens): Promise<ProviderTokens> {
    return this.#exchange(new Calls(this.#line), tokens);
  }

  async #exchange(calls: Calls, tokens: ProviderTokens): Promise<ProviderTokens> {
    const fields = { grant_type: 'fb_exchange_token', fb_exchange_token: tokens.accessToken };
    const request = { keys: this.#config, proof: 'body', fields } as const;
    return keptTokens(await requestTokens(calls, this.#token(), request), tokens);
  }

  /** It says 400 where others say 401, and why in the body. */
  async fetch({ accessToken }: ProviderTokens, path: string): Promise<Response> {
    const extra = { appsecret_proof: this.#proof(accessToken) };
    const answer = await callApi(this.#line, { base: this.#graph, path, accessToken, extra });
    return (await isBadToken(answer)) ? new Response(null, { status: 401 }) : answer;
  }

  async whoIs({ accessToken }: ProviderTokens, subject: string) {
    const { profile } = await this.#profile(new Calls(this.#line), accessToken);
    return ofSubject(this.name, profile, subject);
  }

  #profile(calls: Calls, accessToken: string) {
    const { clientSecret } = this.#config;
    const place = { issuer: this.issuer, graph: this.#graph, clientSecret };
    return facebookProfile(calls, place, accessToken);
  }

  readNotice(signed: string, now: Date) {
    return readSignedRequest(signed, this.#config.clientSecret, now);
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
    const { apiScopes } = this.#config;
    const who = await this.#profile(calls, tokens.accessToken());
    const none = { refreshToken: null, scopes: [...SIGN_IN_SCOPES, ...apiScopes] };
    if (apiScopes.length === 0) return { ...who, provedAt: null, tokens: null };
    return { ...who, provedAt: null, tokens: await this.#longer(calls, keptTokens(tokens, none)) };
  }

  /** What comes with a sign-in lives an hour or two: exchanged at once, or there is nothing to renew later. */
  #longer(calls: Calls, short: ProviderTokens): Promise<ProviderTokens> {
    return this.#exchange(calls, short).catch(() => short);
  }
}

/** Another Graph API gives other ids: its people are never Facebook's (H1). */
const issuerOf = (graphUrl: string): string =>
  new URL(graphUrl).hostname === 'graph.facebook.com'
    ? 'https://www.facebook.com'
    : withoutSlash(graphUrl);

const withoutSlash = (address: string): string => address.replace(/\/+$/, '');
