import type { RequestHandler } from 'express';
import { lookAtAccount } from '../../commands/look-at-account.ts';
import { viewNewestEvents } from '../../commands/view-newest-events.ts';
import type { AppContext } from '../context.ts';
import type { WrittenLook } from '../written-look.ts';
import { edgeState } from './edge-state.ts';
import { sendEdgePage } from './plain-page.ts';

/** Addresses under which a read shows something of other people. The search itself shows nothing before it is sent. */
const looks: Readonly<Record<string, 'history' | 'export' | 'newest'>> = {
  '/audit/:accountId': 'history',
  '/audit/:accountId/export': 'export',
  '/audit/newest': 'newest',
};

const accountInPath =
  /^\/audit\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/export)?(?:\.data)?$/;

/**
 * A link on another site must not make an auditor look (H12): what browsers call same-origin, and what was typed or
 * kept by hand, goes on. The address is no secret, so everybody is told alike.
 */
export const lookGuard: RequestHandler = (request, response, next) => {
  const site = request.headers['sec-fetch-site'];
  const isLook = edgeState(request).route in looks;
  if (!isLook || site === undefined || site === 'same-origin' || site === 'none') return next();
  sendEdgePage(request, response, 'led-here');
};

type Asked = Pick<AppContext, 'services' | 'requestId' | 'from' | 'cookies' | 'session'>;

/** Writes down an auditor's look, before any page is asked; undefined where the address shows nothing of others. */
export async function writeLook(
  context: Asked,
  { route, path }: { readonly route: string; readonly path: string },
): Promise<WrittenLook | undefined> {
  const how = looks[route];
  if (!how) return undefined;
  try {
    return await written(context, how, path);
  } catch (fault) {
    return { of: 'nothing', fault };
  }
}

async function written(
  context: Asked,
  how: 'history' | 'export' | 'newest',
  path: string,
): Promise<WrittenLook | undefined> {
  const guarded = await context.session();
  if (!guarded) return undefined;
  const { deps } = context.services;
  const { requestId, from, cookies } = context;
  const asker = { requestId, from, knows: (id: string) => cookies.known.holds(id), ...guarded };
  if (how === 'newest') return { of: 'newest', answer: await viewNewestEvents(deps, asker) };
  const accountId = accountInPath.exec(path)?.[1];
  if (accountId === undefined) return undefined;
  return { of: 'account', answer: await lookAtAccount(deps, asker, { accountId, how }) };
}
