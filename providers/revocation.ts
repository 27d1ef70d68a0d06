import type { ProviderTokens } from '../vault/vault-round-trips.ts';

type Revoked = 'revoked' | 'unsupported' | 'failed';

/** Nothing is kept that a provider could be asked with. */
export const unsupported: Promise<Revoked> = Promise.resolve('unsupported');

/**
 * Asks a provider to take a grant back; null where it has no way to. Whatever happens is an outcome for the history, never
 * a throw.
 */
export async function revokedBy(
  ask: () => Promise<Response | null>,
  good: readonly number[],
): Promise<Revoked> {
  try {
    const answer = await ask();
    if (answer === null) return 'unsupported';
    return good.includes(answer.status) ? 'revoked' : 'failed';
  } catch {
    // Unreachable, too late, nonsense: "failed" is all that the history can say of each.
    return 'failed';
  }
}

/** The token that stands for the whole grant: the refresh token where there is one (RFC 7009 section 2.1). */
export const grantToken = ({ refreshToken, accessToken }: ProviderTokens): string =>
  refreshToken ?? accessToken;
