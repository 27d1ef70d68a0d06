import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { edgeState } from './edge-state.ts';
import type { Pages } from './pages.ts';
import { sendEdgePage } from './plain-page.ts';
import { findRoute, routeTable, spelledAs, type Route } from './route-table.ts';

/** What a path means: a page in its one spelling, a page spelt otherwise, or nothing. */
export type Spelling =
  | { readonly means: 'page'; readonly route: Route | undefined }
  | { readonly means: 'elsewhere'; readonly path: string }
  | { readonly means: 'nothing' };

/** None of our addresses needs percent-encoding, so an encoded letter is only a disguise. */
const PLAIN = /^\/[A-Za-z0-9._~/-]*$/;
const DATA = '.data';

/**
 * Every page has one spelling (security 2.4, GHSA-x732-6j76-qmhm): Remix would also answer `/LOGIN`, `/login/`,
 * `/%6cogin`, `//login` and `/./login`, so a rule that looks at a path could be walked round.
 */
export function spellingOf(table: readonly Route[], path: string): Spelling {
  if (!PLAIN.test(path)) return { means: 'nothing' };
  if (path.endsWith(DATA)) return dataSpelling(table, path.slice(0, -DATA.length));
  const bare = path === '/' ? path : path.replace(/\/+$/, '');
  if (oddParts(bare)) return { means: 'nothing' };
  const route = findRoute(table, bare);
  const right = route ? spelledAs(route, bare) : bare;
  return right === path ? { means: 'page', route } : { means: 'elsewhere', path: right };
}

/** What our own scripts ask for; they spell it right or it is not theirs. */
function dataSpelling(table: readonly Route[], base: string): Spelling {
  const path = base === '/_root' ? '/' : base;
  if (base === '/' || base.endsWith('/') || oddParts(path)) return { means: 'nothing' };
  const route = findRoute(table, path);
  if (route && spelledAs(route, path) !== path) return { means: 'nothing' };
  return { means: 'page', route };
}

const oddParts = (path: string) =>
  path !== '/' &&
  path
    .split('/')
    .slice(1)
    .some((part) => ['', '.', '..'].includes(part));

/** Reading browsers are sent to the right spelling; anything else that is odd is at no page at all. */
export const pathGuard =
  (pages: Pages): RequestHandler =>
  (request, response, next) => {
    const judge = async () => {
      const { routes } = await pages.build();
      const [path = '', ...query] = request.url.split('?');
      const spelling = spellingOf(routeTable(routes), path);
      if (spelling.means === 'page') return admit(request, response, { spelling, next });
      if (spelling.means === 'nothing' || request.method === 'POST') {
        return sendEdgePage(request, response, 'not-found');
      }
      response.redirect(308, [spelling.path, ...query].join('?'));
    };
    judge().catch(next);
  };

/** Names the route for logs and metrics, and refuses a method that it does not speak. */
function admit(
  request: Request,
  response: Response,
  { spelling, next }: { spelling: { route: Route | undefined }; next: NextFunction },
): void {
  const { route } = spelling;
  if (route) Object.assign(edgeState(request), { route: route.pattern, found: route });
  if (!route || route.methods.includes(request.method)) return next();
  if (route.segments.includes('*')) return sendEdgePage(request, response, 'not-found');
  response.setHeader('Allow', route.methods.join(', '));
  sendEdgePage(request, response, 'method-not-allowed');
}
