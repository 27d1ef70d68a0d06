import type { GrantOutcome } from '../domain/account/commands.ts';
import type { ProviderName } from '../domain/account/events.ts';
import { SITE, type ProviderTokens } from '../vault/vault-tokens.ts';
import { siteOwner } from './ask-provider.ts';
import type { Deps } from './deps.ts';

/** Keeps tokens that belong to the site itself and to no account, as for a bot; in the place of those it had there. */
export const keepSiteTokens = (
  { vault }: Pick<Deps, 'vault'>,
  provider: ProviderName,
  tokens: ProviderTokens,
): Promise<void> => vault.tokens.put({ ...siteOwner(provider), keyId: SITE }, tokens);

/** Asks the provider to forget the site's own consent, and forgets its tokens; undefined where there are none. */
export async function dropSiteTokens(
  { vault, providers }: Pick<Deps, 'vault' | 'providers'>,
  provider: ProviderName,
): Promise<GrantOutcome | undefined> {
  const owner = siteOwner(provider);
  const kept = await vault.tokens.get(owner);
  if (!kept) return undefined;
  const outcome = (await providers.get(provider)?.revoke(kept)) ?? 'failed';
  await vault.tokens.delete(owner);
  return outcome;
}
