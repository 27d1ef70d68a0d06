import { identityOf } from '../domain/account/account-methods.ts';
import type { ProviderName } from '../domain/account/events.ts';
import type { Provider } from '../providers/provider.ts';
import { SITE, type ProviderTokens, type TokenOwner } from '../vault/vault-tokens.ts';
import type { Deps } from './deps.ts';
import { freshTokens, type NoTokens } from './fresh-tokens.ts';
import { orProviderFault } from './round-trip.ts';

/** In whose name a provider is asked: somebody's, by one of their identities, or the site's own. */
export type InTheNameOf =
  | { readonly accountId: string; readonly provider: ProviderName; readonly identityId?: string }
  | { readonly site: true; readonly provider: ProviderName };

export type Answered<Value> = { readonly ok: true; readonly value: Value } | NoTokens;

/** What an API says to a token that is not good. */
export const UNAUTHORIZED = 'unauthorized';
type Ask<Value> = (
  provider: Provider,
  tokens: ProviderTokens,
) => Promise<Value | typeof UNAUTHORIZED>;

const reconnect: NoTokens = { ok: false, why: 'reconnect' };

/**
 * Asks a provider with tokens out of the vault. Where it does not accept them, they are renewed once and it is asked
 * once more. `reconnect` where there are none, none that it accepts, or where the way in is suspended or gone.
 */
export async function askProvider<Value>(
  deps: Deps,
  who: InTheNameOf,
  ask: Ask<Value>,
): Promise<Answered<Value>> {
  const provider = deps.providers.get(who.provider);
  const owner = provider && (await ownerOf(deps, who));
  if (!provider || !owner) return reconnect;
  const held = { owner, provider };
  const first = await freshTokens(deps, held);
  if (!first.ok) return first;
  const answer = await orProviderFault(deps, () => ask(provider, first.tokens));
  if (!answer.ok || answer.value !== UNAUTHORIZED) return known(answer);

  const second = await freshTokens(deps, held, first.tokens.version);
  if (!second.ok) return second;
  return known(await orProviderFault(deps, () => ask(provider, second.tokens)));
}

function known<Value>(answer: Answered<Value | typeof UNAUTHORIZED>): Answered<Value> {
  if (!answer.ok) return answer;
  return answer.value === UNAUTHORIZED ? reconnect : { ok: true, value: answer.value };
}

/** Whose tokens are used; undefined where the account's own stream does not say that the way in is theirs and open. */
async function ownerOf(deps: Deps, who: InTheNameOf): Promise<TokenOwner | undefined> {
  if ('site' in who) return siteOwner(who.provider);
  const { accountId, provider, identityId } = who;
  const { account } = await deps.accounts.load(accountId);
  if (account.status !== 'active') return undefined;
  const owners = await deps.vault.tokens.ownersOf(accountId);
  return owners.find((owner) => {
    const wanted = identityId === undefined || owner.identityId === identityId;
    const method = identityOf(account, owner.identityId);
    return wanted && owner.provider === provider && method?.suspended === null;
  });
}

export const siteOwner = (provider: ProviderName): TokenOwner => ({
  accountId: SITE,
  provider,
  identityId: `${SITE}:${provider}`,
});
