import type { ProviderName } from '../domain/account/events.ts';
import { providerKind, type ProviderChoice } from './components/provider-choice.ts';
import type { AppContext } from './context.ts';
import type { Identity } from './pages/identity-text.ts';
import { providerLabel } from './ways-in.server.ts';
import type { IdentityProfile, Unopened } from '../domain/account/events.ts';

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
