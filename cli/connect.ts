import { dropSiteTokens, keepSiteTokens } from '../commands/site-tokens.ts';
import type { Provider } from '../providers/provider.ts';
import { pastedTrip, typedLines } from './pasted-trip.ts';
import { BadCall, type Call, type VerbAnswer } from './run-verb.ts';

/**
 * Connects the site itself, and nobody's account, with a provider, as for a bot: what the operator signs in as there is
 * what `providerFetch` then speaks for. With `--remove` the provider is asked to forget it, and the tokens go.
 */
export async function connect({ argument, options, environment, open }: Call): Promise<VerbAnswer> {
  const { deps } = await open();
  const provider = deps.providers.get(argument);
  if (!provider) throw new BadCall(`no provider ${argument} is configured`);
  if (options['remove']) {
    const outcome = await dropSiteTokens(deps, argument);
    return {
      text: outcome ? removed[outcome](provider.label) : `${provider.label} was not connected.`,
      json: { provider: argument, outcome: outcome ?? null },
    };
  }
  const { profile, tokens } = await signIn(provider, environment.origin);
  if (!tokens) {
    throw new BadCall(
      `nothing was asked for beyond who it is: set API scopes for ${provider.label} (docs/providers.md)`,
    );
  }
  await keepSiteTokens(deps, argument, tokens);
  const name = profile.handle ?? profile.name ?? profile.email ?? profile.subject;
  const { scopes } = tokens;
  return {
    text: `Connected with ${provider.label} as ${name}, for ${scopes.join(', ')}.`,
    json: { provider: argument, subject: profile.subject, scopes },
  };
}

const removed = {
  revoked: (label: string) => `${label} has forgotten it, and its tokens are gone.`,
  unsupported: (label: string) => `Its tokens are gone. ${label} cannot be asked to forget it.`,
  failed: (label: string) =>
    `Its tokens are gone. ${label} was asked to forget it and did not say yes: look there.`,
} as const;

async function signIn(provider: Provider, origin: string) {
  const { lines, close } = typedLines();
  const redirectUri = `${origin}/auth/${provider.name}/callback`;
  const trip = await pastedTrip(provider, { redirectUri, lines, hear: () => undefined });
  close();
  if (trip.ok) return trip.value;
  throw new BadCall(`${provider.label} was not connected: ${trip.why}`);
}
