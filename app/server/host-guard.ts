import type { IncomingHttpHeaders } from 'node:http';
import type { RequestHandler } from 'express';
import type { Environment } from '../../config/environment.ts';
import { isLoopback } from '../../config/loopback.ts';
import { sendEdgePage } from './plain-page.ts';

/** What proxies add. One of these on a loopback server means that others are being let in. */
const FORWARDING = new Set([
  'forwarded',
  'via',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'true-client-ip',
  'cf-connecting-ip',
  'fastly-client-ip',
]);

export const isForwardingHeader = (name: string) =>
  FORWARDING.has(name) || name.startsWith('x-forwarded-');

/** Whether a proxy says it handed this request on. */
export const wasForwarded = (headers: IncomingHttpHeaders): boolean =>
  Object.keys(headers).some(isForwardingHeader);

/** The host name in a Host header without its port; undefined where it is none. */
export function hostName(header: string | undefined): string | undefined {
  if (header === undefined || !/^[A-Za-z0-9.:[\]-]{1,255}$/.test(header)) return undefined;
  const address = `http://${header}/`;
  return URL.canParse(address) ? new URL(address).hostname : undefined;
}

/**
 * Under development rules only this machine is answered (H8): a foreign Host or a proxy's header gets 421,
 * so that made-up secrets never serve anybody else, and no foreign name can be rebound to here.
 */
export const hostGuard =
  ({ development }: Pick<Environment, 'development'>): RequestHandler =>
  (request, response, next) => {
    if (!development) return next();
    const [host, ...others] = request.headersDistinct['host'] ?? [];
    const name = others.length === 0 ? hostName(host) : undefined;
    const ours = name !== undefined && isLoopback(name) && !wasForwarded(request.headers);
    if (ours) return next();
    sendEdgePage(request, response, 'wrong-host');
  };

/** A page asked for under another loopback name is at home at ORIGIN: cookies and forms count only there. */
export const originRedirect =
  ({ development, origin }: Pick<Environment, 'development' | 'origin'>): RequestHandler =>
  (request, response, next) => {
    if (!development) return next();
    const reading = request.method === 'GET' || request.method === 'HEAD';
    const athome = request.headers.host?.toLowerCase() === new URL(origin).host;
    if (athome || !reading) return next();
    response.redirect(307, new URL(`.${request.url}`, `${origin}/`).href);
  };
