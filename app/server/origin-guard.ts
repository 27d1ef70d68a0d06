import type { IncomingHttpHeaders } from 'node:http';
import type { RequestHandler } from 'express';
import type { Environment } from '../../config/environment.ts';
import { sendEdgePage } from './plain-page.ts';

/** Methods that change nothing. */
const READS = new Set(['GET', 'HEAD']);

/**
 * Whether a write came from our own pages (security 2.7, after Go's CrossOriginProtection): Sec-Fetch-Site says
 * same-origin, and Origin is exactly ours; either may be missing, not both. Whatever is there must be right.
 */
export function fromOurPages(headers: IncomingHttpHeaders, origin: string): boolean {
  const site = headers['sec-fetch-site'];
  const sender = headers.origin;
  if (site === undefined && sender === undefined) return false;
  return (site ?? 'same-origin') === 'same-origin' && (sender ?? origin) === origin;
}

/** Refuses writes from other sites, and Remix's `_data` requests, which go round its own check. */
export const originGuard =
  ({ origin }: Pick<Environment, 'origin'>): RequestHandler =>
  (request, response, next) => {
    const asksForData = new URL(request.url, origin).searchParams.has('_data');
    if (asksForData) return sendEdgePage(request, response, 'cross-site');
    if (READS.has(request.method) || fromOurPages(request.headers, origin)) return next();
    sendEdgePage(request, response, 'cross-site');
  };
