import { identityOf } from '../domain/account/account-methods.ts';
import type { ProviderTokens, TokenOwner } from '../vault/vault-tokens.ts';
import type { Deps } from './deps.ts';
import { isLiving } from '../domain/account/is-living.ts';

/**
 * Keeps what came with a proved identity, sealed under the account's own key. After the event: a crash before leaves no
 * token, which the next sign-in brings again. Kept only while the account's stream says that the identity is theirs,
 * which is asked once more afterwards, since it may have been disconnected meanwhile.
 */
export async function keepTokens(
  deps: Deps,
  owner: TokenOwner,
  fresh: ProviderTokens | null,
): Promise<void> {
  const { tokens } = deps.vault;
  const keyId = fresh && (await keyOfOwner(deps, owner));
  if (!fresh || !keyId) return;
  // Many providers hand out a refresh token with the first consent only.
  const refreshToken = fresh.refreshToken ?? (await tokens.get(owner))?.refreshToken ?? null;
  await tokens.put({ ...owner, keyId }, { ...fresh, refreshToken });
  if (!(await keyOfOwner(deps, owner))) await tokens.delete(owner);
}

async function keyOfOwner(deps: Deps, { accountId, identityId }: TokenOwner) {
  const { account } = await deps.accounts.load(accountId);
  if (!isLiving(account)) return undefined;
  const method = identityOf(account, identityId);
  return method?.suspended === null ? account.keyId : undefined;
}
