import { redirect, type TypedResponse } from '@remix-run/node';
import { dropRoundTrips } from '../commands/round-trip.ts';
import { replaceSession } from '../commands/end-sessions.ts';
import type { IssuedSession } from '../vault/vault.ts';
import type { AppContext } from './context.ts';
import { CLOSING_PAGE } from './signed-in.server.ts';

export interface Entered {
  readonly accountId: string;
  readonly issued: IssuedSession;
  /** The account is closing: wherever they wanted to go, they are asked whether it is to be kept (H7). */
  readonly closing?: boolean;
}

/** Lets somebody in who was just issued a session: the browser's former session ends, its cookie is replaced. */
export async function enter(
  context: AppContext,
  { accountId, issued, closing }: Entered,
  to: string,
): Promise<TypedResponse<never>> {
  const former = await context.session();
  if (former) await replaceSession(context.services.deps, former);
  await dropRoundTrips(context.services.deps, { browser: context.cookies.anonymous.hash() });
  context.cookies.session.set(issued.token);
  context.cookies.signedOut.clear();
  context.cookies.known.add(accountId);
  return redirect(closing ? CLOSING_PAGE : to, 303);
}

/** The acting session after a change that gave it a new token, or ended it. */
export function carryOn(context: AppContext, issued: IssuedSession | undefined): void {
  if (issued) context.cookies.session.set(issued.token);
  else context.cookies.session.clear();
}
