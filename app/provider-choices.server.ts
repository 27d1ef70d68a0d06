import type { LivingAccount } from '../domain/account/account.ts';
import { hasSurerProof, neverSignsPresence } from '../commands/reauthenticate-by-identity.ts';
import type { IdentityProfile, ProviderName, Unopened } from '../domain/account/events.ts';
import { providerKind, type ProviderChoice } from './components/provider-choice.ts';
import type { AppContext } from './context.ts';
import type { Identity } from './pages/identity-text.ts';
import type { ReauthProof } from './pages/reauth-proofs.tsx';
import { providerLabel } from './ways-in.server.ts';

/** A provider as pages speak of it; one that is no longer configured stands under its own name. */
export const providerChoice = (context: AppContext, name: ProviderName): ProviderChoice => ({
  name,
  label: providerLabel(context, name),
  kind: providerKind(name),
});

/** The providers one can sign in with now. */
export const providerChoices = (context: AppContext): readonly ProviderChoice[] =>
  [...context.services.deps.providers.keys()].map((name) => providerChoice(context, name));

/** What may be shown of an identity. */
export function identityFace(
  context: AppContext,
  name: ProviderName,
  profile: IdentityProfile | Unopened,
): Identity {
  const provider = providerChoice(context, name);
  if (typeof profile === 'string') return { provider };
  const { handle, email, name: called } = profile;
  return { provider, handle, email, name: called };
}

/** Where this person may prove themselves: each provider of a usable identity, weak ones only without a surer proof (H4). */
export function reauthProofs(context: AppContext, account: LivingAccount): readonly ReauthProof[] {
  const { deps } = context.services;
  const names = account.methods.flatMap((method) =>
    method.kind === 'identity' && method.suspended === null ? [method.provider] : [],
  );
  return [...new Set(names)]
    .filter((name) => deps.providers.has(name))
    .map((name) => ({ ...providerChoice(context, name), weak: neverSignsPresence(name) }))
    .filter(({ name, weak }) => !weak || !hasSurerProof(deps, account, name));
}
