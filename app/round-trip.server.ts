import { redirect } from '@remix-run/node';
import type { Provider } from '../providers/provider.ts';
import type { RoundTripOwner } from '../vault/vault-round-trips.ts';
import type { AppContext } from './context.ts';
import type { ProviderProblem } from './pages/provider-problem-text.ts';

/** Whose round trips these are: this browser's, and its session's where there is one. */
export async function ownerOf(context: AppContext): Promise<RoundTripOwner> {
  const guarded = await context.session();
  return {
    browser: context.cookies.anonymous.hash(),
    sessionId: guarded?.session.sessionId ?? null,
    accountId: guarded?.session.accountId ?? null,
  };
}

/** The provider of an address, or the 404 page (G25). */
export function requireProvider(context: AppContext, name: string | undefined): Provider {
  const provider = context.services.deps.providers.get(name ?? '');
  if (provider) return provider;
  throw new Response(null, { status: 404 });
}

/** Built from configuration alone (O8); one address a provider (O3). */
export const redirectUriOf = (context: AppContext, { name }: Provider): string =>
  `${context.settings.origin}/auth/${name}/callback`;

/** Where a round trip ends that came to nothing: the browser keeps a clean address, without the code (O7). */
export const toProblem = (why: ProviderProblem, { name }: Pick<Provider, 'name'>) =>
  redirect(`/auth/problem?why=${why}&provider=${name}`, 303);
