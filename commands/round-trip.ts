import type { Provider, ProviderFault } from '../providers/provider.ts';
import type { HandshakeIntent, RoundTripOwner } from '../vault/vault-round-trips.ts';
import type { Deps } from './deps.ts';

/** Somebody who leaves for a provider, or comes back from one. */
export interface Traveller {
  readonly owner: RoundTripOwner;
  /** Asks the provider which account: after a sign-out in this browser (H20). */
  readonly pickAccount: boolean;
}

export interface Departing extends Traveller {
  readonly provider: Provider;
  readonly intent: HandshakeIntent;
  readonly redirectUri: string;
  /** An own path, checked. */
  readonly redirectTo: string;
}

/**
 * Leaves for a provider: what the strategy needs later goes into the vault, the browser gets an address and nothing
 * else (security 1.3). Throws ProviderFault where the provider cannot be asked for its addresses.
 */
export async function leaveForProvider(deps: Deps, departing: Departing): Promise<URL> {
  const { provider, intent, redirectUri, redirectTo, owner } = departing;
  const proof = intent === 'reauth' ? 'proof' : 'nothing';
  const ask = departing.pickAccount && intent !== 'reauth' ? 'account' : proof;
  const { url, state, kept } = await provider.depart({ redirectUri, ask });
  await deps.vault.roundTrips.handshakes.begin(state, {
    ...owner,
    provider: provider.name,
    issuer: provider.issuer,
    redirectUri,
    intent,
    identityId: null,
    kept,
    redirectTo,
    startedAt: deps.clock(),
  });
  return url;
}

/** Why a way back was refused, before or after the code was looked at. One fixed page for each (G8). */
export type ReturnRefusal =
  /** No live handshake of this browser, session and provider: forged, replayed, too late, or somebody else's. */
  | { readonly ok: false; readonly why: 'no-handshake' }
  /** The person said no at the provider, or the provider did. */
  | { readonly ok: false; readonly why: 'denied'; readonly redirectTo: string }
  | { readonly ok: false; readonly why: ProviderFault['code']; readonly redirectTo: string };

/** Handshakes and answers of a browser or a session end with its sign-in or sign-out (H5). */
export const dropRoundTrips = (
  { vault }: Pick<Deps, 'vault'>,
  of: Partial<RoundTripOwner>,
): Promise<void> => vault.roundTrips.dropOf(of);
