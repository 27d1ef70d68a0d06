import type { Hear } from '../providers/heard.ts';
import type { Proved, Provider } from '../providers/provider.ts';
import type { Handshake, RoundTripOwner } from '../vault/vault-round-trips.ts';
import type { Deps } from './deps.ts';
import { orProviderFault, type ReturnRefusal } from './round-trip.ts';

export interface Returning {
  /** Whose callback address was asked for. */
  readonly provider: Provider;
  readonly query: URLSearchParams;
  readonly owner: RoundTripOwner;
  /** Told of what comes back where the round trip is a test. */
  readonly hear?: Hear;
}

export interface Returned {
  readonly ok: true;
  readonly handshake: Handshake;
  readonly proved: Proved;
}

const LONGEST = 2_048;
const STATE = /^[A-Za-z0-9_-]{16,256}$/;
const NAMES = ['code', 'iss', 'error'] as const;
const noHandshake: ReturnRefusal = { ok: false, why: 'no-handshake' };

/**
 * Checks a way back in one order (G8): state, handshake, whose it is, spent once, shape, issuer, error, and only then the
 * code.
 * Nothing of the address is ever shown. A code is redeemed at most once per handshake, however often it comes (G2).
 */
export async function returnFromProvider(
  deps: Deps,
  { provider, query, owner, hear }: Returning,
): Promise<Returned | ReturnRefusal> {
  const [state = '', ...others] = query.getAll('state');
  if (others.length > 0 || !STATE.test(state)) return noHandshake;
  const at = deps.clock();
  const { handshakes } = deps.vault.roundTrips;
  const handshake = await handshakes.find(state, at);
  if (!handshake || !belongs(handshake, provider, owner)) return noHandshake;
  if (!(await handshakes.consume(state, at))) return noHandshake;

  const told = single(query);
  if (!told) return noHandshake;
  const { redirectUri, kept } = handshake;
  const iss = told.iss ?? null;
  if (!provider.acceptsIss(iss)) {
    return { ok: false, why: 'provider-mismatch', handshake };
  }
  if (told.error !== undefined || !told.code) return { ok: false, why: 'denied', handshake };
  const { code } = told;
  const arrived = await orProviderFault(deps, () =>
    provider.arrive({
      redirectUri,
      state,
      code,
      iss,
      kept,
      ...(handshake.intent === 'test' && { hear }),
    }),
  );
  if (!arrived.ok) return { ...arrived, handshake };
  return { ok: true, handshake, proved: arrived.value };
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
