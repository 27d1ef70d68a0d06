import type { AppContext } from './context.ts';
import { problemWords, type ProviderProblem } from './pages/provider-problem-text.ts';
import { providerChoice, providerChoices } from './provider-choices.server.ts';

export const isProblem = (text: string | null): text is ProviderProblem =>
  text !== null && Object.hasOwn(problemWords, text);

/** What the problem page needs. A name that is no provider of ours is not shown. */
export async function problemView(
  context: AppContext,
  {
    problem,
    provider,
  }: { readonly problem: ProviderProblem; readonly provider?: string | undefined },
) {
  const known = provider !== undefined && context.services.deps.providers.has(provider);
  const signedIn = (await context.session()) !== undefined;
  const intent = signedIn ? ('link' as const) : ('continue' as const);
  return {
    problem,
    provider: known ? providerChoice(context, provider) : undefined,
    intent,
    providers: providerChoices(context),
    csrf: await context.csrf.token(signedIn ? 'principal' : 'anonymous'),
    requestId: context.requestId,
  };
}
