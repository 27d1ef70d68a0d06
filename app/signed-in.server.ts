import { redirect } from '@remix-run/node';
import type { SignedIn } from '../commands/asking.ts';
import { freshlyProved, type Guarded } from '../commands/guard.ts';
import type { AppContext } from './context.ts';

/** Somebody signed in, as commands want them. */
export type Asker = SignedIn & Guarded;

/** What every command wants of a request, whoever sends it. */
export const askingOf = (context: AppContext) => ({
  requestId: context.requestId,
  from: context.from,
  knows: (accountId: string) => context.cookies.known.holds(accountId),
});

/** The person this request belongs to, or the sign-in page that leads back here. */
export async function requireSignedIn(context: AppContext, request: Request): Promise<Asker> {
  const guarded = await context.session();
  if (guarded) return { ...askingOf(context), ...guarded };
  throw redirect(`/login?redirectTo=${encodeURIComponent(pathOf(request))}`, 303);
}

/** Leaves for /reauth unless the person proved themselves just now; comes back to the form's page (H6). */
export function requireFreshProof(context: AppContext, asker: Asker, page: string): void {
  if (freshlyProved(asker.session, context.at)) return;
  throw redirect(`/reauth?redirectTo=${encodeURIComponent(page)}`, 303);
}

/** Path and query of the page; single fetch asks for it under a name of its own. */
export function pathOf(request: Request): string {
  const { pathname, search } = new URL(request.url);
  return pathname.replace(/\.data$/, '').replace(/^\/_root$/, '/') + search;
}
