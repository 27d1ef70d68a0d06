import { createHash, timingSafeEqual } from 'node:crypto';
import express, { type Request, type RequestHandler, type Router } from 'express';
import type { Environment } from '../../config/environment.ts';
import { isLoopback } from '../../config/loopback.ts';
import { edgeState } from './edge-state.ts';
import { hostName, wasForwarded } from './host-guard.ts';
import type { Metrics } from './metrics.ts';
import type { EdgeServices } from './services.ts';

export interface OperationsParts {
  readonly config: Pick<Environment, 'metricsToken'>;
  readonly services: Pick<EdgeServices, 'health'>;
  readonly metrics: Metrics;
}

/** What machines ask: is it alive, can it work, what does it count. */
export function operations({ config, services, metrics }: OperationsParts): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  router.get('/healthz', named('/healthz'), (_request, response) => {
    response.type('text/plain').send('ok\n');
  });
  router.get('/readyz', named('/readyz'), (_request, response, next) => {
    services.health().then(({ ready, parts }) => {
      if (!ready) response.setHeader('Retry-After', '2');
      response.status(ready ? 200 : 503).json({ ready, parts });
    }, next);
  });
  router.get('/metrics', named('/metrics'), (request, response, next) => {
    if (!mayReadMetrics(request, config.metricsToken)) {
      response.status(403).type('text/plain').send('forbidden\n');
      return;
    }
    metrics.told().then(({ contentType, text }) => {
      response.setHeader('Content-Type', contentType);
      response.end(text);
    }, next);
  });
  return router;
}

/** This machine asking directly, or whoever holds the token. */
export function mayReadMetrics(request: Request, token: string | undefined): boolean {
  const [scheme, given] = (request.headers.authorization ?? '').split(' ');
  if (token !== undefined && scheme?.toLowerCase() === 'bearer' && given !== undefined) {
    return timingSafeEqual(digest(given), digest(token));
  }
  const peer = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const name = hostName(request.headers.host);
  return (
    isLoopback(peer) && name !== undefined && isLoopback(name) && !wasForwarded(request.headers)
  );
}

/** Equal lengths, so that a comparison takes the same time for every guess. */
const digest = (text: string) => createHash('sha256').update(text).digest();

const named =
  (route: string): RequestHandler =>
  (request, _response, next) => {
    edgeState(request).route = route;
    next();
  };
