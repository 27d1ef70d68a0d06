import type { Guarded } from '../commands/guard.ts';
import type { AppContext } from './context.ts';
import { problemWords, type ProviderProblem } from './pages/provider-problem-text.ts';
import { providerChoice, providerChoices, reauthProofs } from './provider-choices.server.ts';

export const isProblem = (text: string | null): text is ProviderProblem =>
  text !== null && Object.hasOwn(problemWords, text);

export interface ProblemAsked {
  readonly problem: ProviderProblem;
  readonly provider?: string | undefined;
  /** Out of the address: anything but a re-authentication is told by whether somebody is signed in. */
  readonly intent?: string | null;
  /** Out of the address; only a page of ours counts. */
  readonly redirectTo?: string | null;
}

/**
 * What the problem page needs: the ways on. Whoever was asked to prove themselves is offered what counts as proof, and
 * comes back to the form that asked. A name that is no provider of ours is not shown.
 */
export async function problemView(context: AppContext, asked: ProblemAsked) {
  const { problem, provider } = asked;
  const known = provider !== undefined && context.services.deps.providers.has(provider);
  const guarded = await context.session();
  return {
    problem,
    provider: known ? providerChoice(context, provider) : undefined,
    ...waysOn(context, guarded, asked),
    csrf: await context.csrf.token(guarded ? 'principal' : 'anonymous'),
    requestId: context.requestId,
  };
}

function waysOn(context: AppContext, guarded: Guarded | undefined, asked: ProblemAsked) {
  if (guarded && asked.intent === 'reauth') {
    const { account } = guarded;
    const redirectTo = context.formPage(asked.redirectTo);
    return { intent: 'reauth', providers: reauthProofs(context, account), redirectTo } as const;
  }
  const providers = providerChoices(context);
  const redirectTo = context.redirectTo(asked.redirectTo);
  if (guarded) return { intent: 'link', providers, redirectTo } as const;
  return { intent: 'continue', providers, redirectTo } as const;
}
