import { redirect } from '@remix-run/node';
import type { Provider } from '../providers/provider.ts';
import type { HandshakeIntent, RoundTripOwner } from '../vault/vault-round-trips.ts';
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

/** Where people go after a round trip when nothing else was asked. */
export const pageAfter: Readonly<Record<HandshakeIntent, string>> = {
  continue: '/',
  link: '/settings/connections',
  reauth: '/settings',
  test: '/dev/providers',
};

/** A round trip that came to nothing. */
export interface Stranded {
  readonly provider: string;
  readonly intent: HandshakeIntent;
  /** An own path, checked at the start. */
  readonly redirectTo: string;
}

/** Where it ends: the browser keeps a clean address, without the code (O7). What was set out for stays possible. */
export function toProblem(why: ProviderProblem, { provider, intent, redirectTo }: Stranded) {
  const query = new URLSearchParams({ why, provider });
  if (intent === 'reauth') query.set('intent', intent);
  if (redirectTo !== pageAfter[intent]) query.set('redirectTo', redirectTo);
  return redirect(`/auth/problem?${query.toString()}`, 303);
}
