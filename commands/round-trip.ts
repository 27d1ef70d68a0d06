import type { Provider, ProviderFaultCode } from '../providers/provider.ts';
import type { Handshake, HandshakeIntent, RoundTripOwner } from '../vault/vault-round-trips.ts';
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

/** The way there, or why the provider could not be asked for its addresses. */
export type Left =
  | { readonly ok: true; readonly url: URL }
  | { readonly ok: false; readonly why: ProviderFaultCode };

/**
 * Leaves for a provider: what the strategy needs later goes into the vault, the browser gets an address and nothing
 * else (security 1.3).
 */
export async function leaveForProvider(deps: Deps, departing: Departing): Promise<Left> {
  const { provider, intent, redirectUri, redirectTo, owner } = departing;
  const proof = intent === 'reauth' ? 'proof' : 'nothing';
  const ask = departing.pickAccount && intent !== 'reauth' ? 'account' : proof;
  const departed = await orProviderFault(deps, () => provider.depart({ redirectUri, ask }));
  if (!departed.ok) return departed;
  const { url, state, kept } = departed.value;
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
  return { ok: true, url };
}

const faultCodes: readonly ProviderFaultCode[] = [
  'provider-unreachable',
  'provider-nonsense',
  'provider-rejected',
  'provider-mismatch',
];

/** What came of asking a provider. Its faults are reported and answered; any other is thrown on (G24). */
export async function orProviderFault<Value>(
  { report }: Pick<Deps, 'report'>,
  ask: () => Promise<Value>,
): Promise<
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly why: ProviderFaultCode }
> {
  try {
    return { ok: true, value: await ask() };
  } catch (error) {
    if (!isProviderFault(error)) throw error;
    report({ what: 'provider-failed', error });
    return { ok: false, why: error.code };
  }
}

/** Told by its code: a build may hold two copies of a class. */
export const isProviderFault = (
  error: unknown,
): error is Error & { readonly code: ProviderFaultCode } =>
  error instanceof Error && 'code' in error && faultCodes.some((code) => code === error.code);

/** Why a way back was refused, before or after the code was looked at. One fixed page for each (G8). */
export type ReturnRefusal =
  /** No live handshake of this browser, session and provider: forged, replayed, too late, or somebody else's. */
  | { readonly ok: false; readonly why: 'no-handshake' }
  /** The person said no at the provider, or the provider did. */
  | {
      readonly ok: false;
      readonly why: 'denied' | ProviderFaultCode;
      /** As it was when it was spent: what the person had set out to do. */
      readonly handshake: Handshake;
    };

/** Handshakes and answers of a browser or a session end with its sign-in or sign-out (H5). */
export const dropRoundTrips = (
  { vault }: Pick<Deps, 'vault'>,
  of: Partial<RoundTripOwner>,
): Promise<void> => vault.roundTrips.dropOf(of);
