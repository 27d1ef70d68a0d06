import type { Provider, ProviderFaultCode } from '../providers/provider.ts';
import type { KeptTokens, TokenOwner } from '../vault/vault-tokens.ts';
import type { Deps } from './deps.ts';
import { orProviderFault } from './round-trip.ts';

/** Why nothing can be asked in somebody's name: they have to connect again, or the provider fails just now. */
export interface NoTokens {
  readonly ok: false;
  readonly why: 'reconnect' | ProviderFaultCode;
}

export type FreshTokens = { readonly ok: true; readonly tokens: KeptTokens } | NoTokens;

const reconnect: NoTokens = { ok: false, why: 'reconnect' };
/** A provider that refused is not asked again for this long: a wrong client secret heals, and nobody hammers. */
const REFUSED_MS = 5 * 60_000;
/** Longer than a renewal takes, shorter than a crashed one is held. */
const PATIENCE_MS = 12_000;

/**
 * Tokens that are good to use: renewed where they are about to end, or where `spoiled` is the version that an API
 * refused. Of all who ask at once, in this process and others, one renews and the others wait for it (O11).
 */
export async function freshTokens(
  deps: Deps,
  { owner, provider }: { readonly owner: TokenOwner; readonly provider: Provider },
  spoiled?: number,
): Promise<FreshTokens> {
  const begun = performance.now();
  let waitedFor: number | undefined;
  while (performance.now() - begun < PATIENCE_MS) {
    const kept = await deps.vault.tokens.get(owner);
    if (!kept) return reconnect;
    if (kept.version !== spoiled && !endsSoon(deps, kept, provider))
      return { ok: true, tokens: kept };
    if (wasRefused(deps, kept)) return reconnect;
    const held = await deps.vault.tokens.hold(owner, kept.version, deps.clock());
    if (held && waitedFor === kept.version) {
      // Whoever held it got no answer; to ask once more for each who waited would help nobody.
      await deps.vault.tokens.release(owner, kept.version, null);
      break;
    }
    if (held) return renewed(deps, { owner, provider }, kept);
    waitedFor = kept.version;
    await deps.sleep(50 + Math.random() * 100);
  }
  return { ok: false, why: 'provider-unreachable' };
}

async function renewed(
  deps: Deps,
  { owner, provider }: { readonly owner: TokenOwner; readonly provider: Provider },
  { version, ...old }: KeptTokens,
): Promise<FreshTokens> {
  const { tokens } = deps.vault;
  const answer = await orProviderFault(deps, () => provider.refresh(old)).catch(
    async (error: unknown) => {
      await tokens.release(owner, version, null);
      throw error;
    },
  );
  if (!answer.ok) {
    const refused = answer.why === 'provider-rejected';
    await tokens.release(owner, version, refused ? deps.clock() : null);
    return refused ? reconnect : answer;
  }
  await tokens.renew(owner, version, answer.value);
  // Disconnected meanwhile: there is nothing any more, and nothing may be used.
  const kept = await tokens.get(owner);
  return kept ? { ok: true, tokens: kept } : reconnect;
}

function endsSoon({ clock }: Deps, { expiresAt }: KeptTokens, { renewsBefore }: Provider): boolean {
  return expiresAt !== null && expiresAt.getTime() - clock().getTime() < renewsBefore;
}

/** A refusal out of the future counts for nothing (F22). */
function wasRefused({ clock }: Deps, { rejectedAt }: KeptTokens): boolean {
  const age = rejectedAt ? clock().getTime() - rejectedAt.getTime() : -1;
  return age >= 0 && age < REFUSED_MS;
}
