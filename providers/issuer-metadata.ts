import {
  allowInsecureRequests,
  customFetch,
  discovery,
  None,
  type ServerMetadata,
} from 'openid-client';
import { isAllowed, type Calls } from './calls.ts';
import { checkedAlgorithms } from './id-token.ts';
import { libraryFetch } from './library-fetch.ts';
import { asProviderFault, providerFault } from './provider-fault.ts';

const GOOD_FOR_MS = 60 * 60 * 1000;

/** Where an OpenID provider lives. */
export interface OpenIdAddresses {
  readonly authorize: string;
  readonly token: string;
  readonly jwks: string;
  readonly userinfo: string | undefined;
  readonly revoke: string | undefined;
  /** Of id tokens; asymmetric ones. */
  readonly algorithms: readonly string[];
}

export interface Discovered {
  readonly addresses: OpenIdAddresses;
  readonly metadata: ServerMetadata;
}

/** What an OpenID issuer says of itself, asked for once an hour. A failure is not remembered. */
export class IssuerMetadata {
  readonly #issuer: string;
  #found: { readonly discovered: Discovered; readonly at: number } | undefined;

  constructor(issuer: string) {
    this.#issuer = issuer;
  }

  /** What was found last, however long ago. */
  get known(): Discovered | undefined {
    return this.#found?.discovered;
  }

  /** Throws ProviderFault. */
  async read(calls: Calls): Promise<Discovered> {
    const now = performance.now();
    if (this.#found && now - this.#found.at < GOOD_FOR_MS) return this.#found.discovered;
    try {
      const discovered = await discover(this.#issuer, calls);
      this.#found = { discovered, at: now };
      return discovered;
    } catch (error) {
      throw asProviderFault(calls.line.provider, error);
    }
  }
}

/**
 * OpenID Connect discovery. The metadata's issuer must be the configured one byte for byte (O9): the library compares
 * addresses, for which `https://a.example` and `https://a.example/` are one, and identities are kept under one of them.
 */
async function discover(issuer: string, calls: Calls): Promise<Discovered> {
  const { provider, loopback } = calls.line;
  const configuration = await discovery(new URL(issuer), 'unused', undefined, None(), {
    [customFetch]: libraryFetch(calls),
    execute: loopback ? [allowInsecureRequests] : [],
  });
  const metadata: ServerMetadata = configuration.serverMetadata();
  if (metadata.issuer !== issuer) {
    throw providerFault(provider, 'provider-mismatch', 'discovery: issuer');
  }
  const addresses = addressesOf(metadata);
  const { authorize, token, jwks, userinfo, revoke } = addresses ?? {};
  const asked = [authorize, token, jwks, userinfo, revoke].filter((one) => one !== undefined);
  if (!addresses || !asked.every((address) => isAllowed(address, loopback))) {
    throw providerFault(provider, 'provider-nonsense', 'discovery: an address');
  }
  return { addresses, metadata };
}

/** The addresses, where none is missing that a sign-in needs. */
function addressesOf(metadata: ServerMetadata): OpenIdAddresses | undefined {
  const { authorization_endpoint: authorize, token_endpoint: token, jwks_uri: jwks } = metadata;
  if (!authorize || !token || !jwks) return undefined;
  return {
    authorize,
    token,
    jwks,
    userinfo: metadata.userinfo_endpoint,
    revoke: metadata.revocation_endpoint,
    algorithms: checkedAlgorithms(metadata.id_token_signing_alg_values_supported),
  };
}
