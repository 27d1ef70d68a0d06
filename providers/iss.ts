import { providerFault } from './provider-fault.ts';
import type { Arrival, Provider } from './provider.ts';

/**
 * Whether the `iss` of a way back is one of these; its absence counts only where it was required (RFC 9207, G6). Compared
 * as text: two spellings are two issuers.
 */
export const isOwnIss = (iss: string | null, own: readonly string[], required: boolean): boolean =>
  iss === null ? !required : own.includes(iss);

/** Throws ProviderFault where somebody arrives in another issuer's name. */
export function requireOwnIss(
  provider: Pick<Provider, 'name' | 'acceptsIss'>,
  { iss }: Pick<Arrival, 'iss'>,
): void {
  if (provider.acceptsIss(iss)) return;
  throw providerFault(provider.name, 'provider-mismatch', 'iss');
}
