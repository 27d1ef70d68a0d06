import type { OAuth2Tokens } from 'arctic';
import { GitHubStrategy } from 'remix-auth-github';
import { GithubClient, type GithubTrip } from './github-client.ts';
import type { Departure, Proved } from './provider.ts';

interface Asked extends GithubTrip {
  readonly ask: Departure['ask'];
  readonly scopes: readonly string[];
}

/** The stock strategy with a client of ours, for one round trip. */
export class GithubStrategy extends GitHubStrategy<Proved> {
  readonly #asked: Asked;

  constructor(asked: Asked, proved: (tokens: OAuth2Tokens) => Promise<Proved>) {
    super({ ...asked.keys, redirectURI: asked.redirectUri }, ({ tokens }) => proved(tokens));
    this.#asked = asked;
    this.client = new GithubClient(asked);
  }

  /** GitHub signs no time of proof: the most that it can be asked for is its account picker (H4, H20). */
  protected override authorizationParams(
    params: URLSearchParams,
    request: Request,
  ): URLSearchParams {
    const all = super.authorizationParams(params, request);
    all.set('scope', this.#asked.scopes.join(' '));
    if (this.#asked.ask !== 'nothing') all.set('prompt', 'select_account');
    return all;
  }
}
