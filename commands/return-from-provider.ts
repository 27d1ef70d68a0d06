import type { Proved, Provider } from '../providers/provider.ts';
import type { Handshake, RoundTripOwner } from '../vault/vault-round-trips.ts';
import type { Deps } from './deps.ts';
import type { ReturnRefusal } from './round-trip.ts';

export interface Returning {
  /** Whose callback address was asked for. */
  readonly provider: Provider;
  readonly query: URLSearchParams;
  readonly owner: RoundTripOwner;
}

export interface Returned {
  readonly ok: true;
  readonly handshake: Handshake;
  readonly proved: Proved;
}

const LONGEST = 2_048;
const STATE = /^[A-Za-z0-9_-]{16,256}$/;
const NAMES = ['state', 'code', 'iss', 'error'] as const;
const noHandshake: ReturnRefusal = { ok: false, why: 'no-handshake' };

/**
 * Checks a way back in one order (G8): shape, handshake, whose it is, spent once, issuer, error, and only then the code.
 * Nothing of the address is ever shown. A code is redeemed at most once per handshake, however often it comes (G2).
 */
export async function returnFromProvider(
  deps: Deps,
  { provider, query, owner }: Returning,
): Promise<Returned | ReturnRefusal> {
  const told = single(query);
  if (!told || !STATE.test(told.state ?? '')) return noHandshake;
  const state = told.state ?? '';
  const at = deps.clock();
  const { handshakes } = deps.vault.roundTrips;
  const handshake = await handshakes.find(state, at);
  if (!handshake || !belongs(handshake, provider, owner)) return noHandshake;
  if (!(await handshakes.consume(state, at))) return noHandshake;

  const { redirectTo, redirectUri, kept } = handshake;
  const iss = told.iss ?? null;
  if (!provider.acceptsIss(iss)) {
    return { ok: false, why: 'provider-mismatch', redirectTo };
  }
  if (told.error !== undefined || !told.code) return { ok: false, why: 'denied', redirectTo };
  try {
    const proved = await provider.arrive({ redirectUri, state, code: told.code, iss, kept });
    return { ok: true, handshake, proved };
  } catch (error) {
    const why = faultOf(error);
    if (!why) throw error;
    deps.report({ what: 'provider-failed', error });
    return { ok: false, why, redirectTo };
  }
}

type Told = Partial<Record<(typeof NAMES)[number], string>>;

/** Each parameter at most once (G7), none of them long. */
function single(query: URLSearchParams): Told | undefined {
  const told: Told = {};
  for (const name of NAMES) {
    const values = query.getAll(name);
    if (values.length > 1 || (values[0]?.length ?? 0) > LONGEST) return undefined;
    if (values[0] !== undefined) told[name] = values[0];
  }
  return told;
}

/** Provider, browser, session and account are those of the start (G1, G12, L1, L4, L5, L7). */
const belongs = (handshake: Handshake, provider: Provider, owner: RoundTripOwner): boolean =>
  handshake.provider === provider.name &&
  handshake.issuer === provider.issuer &&
  handshake.browser === owner.browser &&
  handshake.sessionId === owner.sessionId &&
  handshake.accountId === owner.accountId;

const codes = [
  'provider-unreachable',
  'provider-nonsense',
  'provider-rejected',
  'provider-mismatch',
] as const;

function faultOf(error: unknown): (typeof codes)[number] | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return codes.find((code) => code === error.code);
}
