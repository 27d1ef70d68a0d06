import type { IdentityRef } from '../domain/account/commands.ts';
import type { ProviderTokens } from '../vault/vault-round-trips.ts';
import type { Deps } from './deps.ts';
import type { Cause } from './write-stream.ts';
import { execute } from './execute.ts';

/** Keeps what a provider lets us do in somebody's name: sealed in the vault, never in the log (O11). */
export async function keepTokens(
  deps: Deps,
  owner: IdentityRef & { readonly accountId: string; readonly keyId: string },
  tokens: ProviderTokens | null,
): Promise<void> {
  if (tokens) await deps.vault.tokens.put(owner, tokens);
}

/**
 * Takes a grant back at its provider once, deletes the tokens, and writes down what came of it. Asked again, there is
 * nothing left to take back.
 */
export async function revokeGrant(
  deps: Deps,
  owner: IdentityRef & { readonly accountId: string },
  cause: Cause,
): Promise<void> {
  const { accountId, provider, identityId } = owner;
  const tokens = await deps.vault.tokens.get(owner);
  if (!tokens) return;
  const known = deps.providers.get(provider);
  const outcome = known ? await known.revoke(tokens) : 'unsupported';
  await deps.vault.tokens.delete(owner);
  await execute(deps, {
    accountId,
    cause: { ...cause, actor: 'system' },
    decide: (account) =>
      account.status === 'active' || account.status === 'closing'
        ? {
            ok: true,
            value: [{ type: 'GrantRevoked', provider, identityId, outcome, personal: {} }],
          }
        : { ok: true, value: [] },
  });
}
