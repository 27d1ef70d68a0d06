import { redirect } from '@remix-run/node';
import type { SignedIn } from '../commands/asking.ts';
import { freshlyProved, weaklyProvedFor, type Guarded, type Viewer } from '../commands/guard.ts';
import type { AppContext } from './context.ts';

/** Somebody signed in, as commands want them. */
export type Asker = SignedIn & Guarded;

/** What every command wants of a request, whoever sends it. */
export const askingOf = (context: AppContext) => ({
  requestId: context.requestId,
  from: context.from,
  knows: (accountId: string) => context.cookies.known.holds(accountId),
});

/** The one page of an account that is closing: keep it, or end it (H7). */
export const CLOSING_PAGE = '/settings/delete';

/** For a page that only shows: the person it belongs to, or the sign-in page that leads back here. */
export async function requireViewer(context: AppContext, request: Request): Promise<Viewer> {
  return admit(await requireViewerOrClosing(context, request));
}

/** The same for what somebody whose account is closing may see, too. */
export async function requireViewerOrClosing(
  context: AppContext,
  request: Request,
): Promise<Viewer> {
  const viewer = await context.viewer();
  if (viewer) return viewer;
  throw redirect(`/login?redirectTo=${encodeURIComponent(pathOf(request))}`, 303);
}

/** The person a change is asked by, or the sign-in page that leads back here. Throws Unavailable. */
export async function requireSignedIn(
  context: AppContext,
  request: Request,
  /** The page to come back to, where the request's own address is none. */
  page = pathOf(request),
): Promise<Asker> {
  return admit(await requireSignedInOrClosing(context, request, page));
}

/** The same where somebody whose account is closing may ask, too. */
export async function requireSignedInOrClosing(
  context: AppContext,
  request: Request,
  page = pathOf(request),
): Promise<Asker> {
  const guarded = await context.session();
  if (guarded) return { ...askingOf(context), ...guarded };
  throw redirect(`/login?redirectTo=${encodeURIComponent(page)}`, 303);
}

/** Sends a closing session to its one page, whatever else it asked for. */
export function admit<Known extends Viewer>(known: Known): Known {
  if (!known.session.closing) return known;
  throw redirect(CLOSING_PAGE, 303);
}

/**
 * Leaves for /reauth unless the person proved themselves just now; comes back to the form's page (H6). A weak proof is
 * good for the page that asked for it, and spent by the first submit (H4).
 */
export async function requireFreshProof(
  context: AppContext,
  { session }: Asker,
  page: string,
): Promise<void> {
  if (freshlyProved(session, context.at)) return;
  const { sessions } = context.services.deps.vault;
  const mayBeSpent = weaklyProvedFor(session, page, context.at);
  if (mayBeSpent && (await sessions.spendWeakProof(session.sessionId))) return;
  throw redirect(`/reauth?redirectTo=${encodeURIComponent(page)}`, 303);
}

/** Path and query of the page; single fetch asks for it under a name of its own. */
export function pathOf(request: Request): string {
  const { pathname, search } = new URL(request.url);
  return pathname.replace(/\.data$/, '').replace(/^\/_root$/, '/') + search;
}
