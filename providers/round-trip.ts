import type { Strategy } from 'remix-auth/strategy';
import { z } from 'zod';
import type { ProviderName } from '../domain/account/events.ts';
import { asProviderFault, providerFault } from './provider-fault.ts';
import type { Arrival, Departed, Proved } from './provider.ts';

/** A strategy of the remix-auth family that ends in what was proved. */
export type ProvingStrategy = Pick<Strategy<Proved, never>, 'authenticate'>;

/** What is kept of a round trip: the strategy's own cookie, and what the strategy does not keep itself. */
const kept = z.object({
  cookie: z.string(),
  verifier: z.string().optional(),
  nonce: z.string().optional(),
});
export type Kept = z.infer<typeof kept>;

/** Reads what was kept. Throws ProviderFault where it is not what was stored. */
export function readKept(provider: ProviderName, text: string): Kept {
  try {
    return kept.parse(JSON.parse(text));
  } catch {
    throw providerFault(provider, 'provider-mismatch', 'what was kept cannot be read');
  }
}

/**
 * Asks a strategy for its redirect and takes the state and its cookie out of that answer, so that neither ever reaches
 * a browser (security 1.3). The request it gets is made up: nothing of the visitor's is in it (G23).
 */
export async function departBy(
  provider: ProviderName,
  strategy: ProvingStrategy,
  { redirectUri, extra }: { readonly redirectUri: string; readonly extra: Omit<Kept, 'cookie'> },
): Promise<Departed> {
  const answer = await strategy
    .authenticate(new Request(redirectUri))
    .catch((thrown) => thrown as unknown);
  if (!(answer instanceof Response)) throw asProviderFault(provider, answer);
  const location = answer.headers.get('location') ?? '';
  const cookie = /^[^;]+/.exec(answer.headers.get('set-cookie') ?? '')?.[0];
  const url = URL.canParse(location) ? new URL(location) : undefined;
  const state = url?.searchParams.get('state');
  if (!url || !state || !cookie) {
    throw providerFault(provider, 'provider-nonsense', 'the strategy did not leave');
  }
  return { url, state, kept: JSON.stringify({ cookie, ...extra }) };
}

/**
 * Hands a strategy the way back: a made-up request with its own cookie, code and state, and `iss` where it has to see
 * it. Throws ProviderFault, whatever the strategy throws (G24).
 */
export async function arriveBy(
  provider: ProviderName,
  strategy: ProvingStrategy,
  { redirectUri, code, state, iss, cookie }: Omit<Arrival, 'kept'> & Pick<Kept, 'cookie'>,
): Promise<Proved> {
  const url = new URL(redirectUri);
  url.searchParams.set('code', code);
  url.searchParams.set('state', state);
  if (iss !== null) url.searchParams.set('iss', iss);
  try {
    return await strategy.authenticate(new Request(url, { headers: { cookie } }));
  } catch (thrown) {
    throw asProviderFault(provider, thrown);
  }
}
