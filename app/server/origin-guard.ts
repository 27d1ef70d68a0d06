import type { IncomingHttpHeaders } from 'node:http';
import type { RequestHandler } from 'express';
import type { Environment } from '../../config/environment.ts';
import { sendEdgePage } from './plain-page.ts';

/** Methods that change nothing. */
const READS = new Set(['GET', 'HEAD']);

/** Where Facebook's own server writes, signed: it is nobody's browser (H13). The only two. */
const SIGNED = new Set(['/auth/facebook/deauthorize', '/auth/facebook/data-deletion']);

/**
 * Whether a write came from our own pages (security 2.7, after Go's CrossOriginProtection): Sec-Fetch-Site says
 * same-origin, else Origin is exactly ours. An Origin that names another place is refused whatever stands beside it;
 * `null` is what browsers send from our own pages that hide their address.
 */
export function fromOurPages(headers: IncomingHttpHeaders, origin: string): boolean {
  const site = headers['sec-fetch-site'];
  const sender = headers.origin;
  if (site === undefined) return sender === origin;
  return site === 'same-origin' && [undefined, 'null', origin].includes(sender);
}

/** Refuses writes from other sites, and Remix's `_data` requests, which go round its own check. */
export const originGuard =
  ({ origin }: Pick<Environment, 'origin'>): RequestHandler =>
  (request, response, next) => {
    // Not through the URL parser: it takes the path `//` for half a host, and throws.
    const [path = '', ...query] = request.url.split('?');
    const asksForData = new URLSearchParams(query.join('?')).has('_data');
    if (asksForData) return sendEdgePage(request, response, 'cross-site');
    if (request.method === 'POST' && SIGNED.has(path)) return next();
    if (READS.has(request.method) || fromOurPages(request.headers, origin)) return next();
    sendEdgePage(request, response, 'cross-site');
  };
