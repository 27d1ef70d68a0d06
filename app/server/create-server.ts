import { createServer as createHttpServer, type Server } from 'node:http';
import compression from 'compression';
import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Environment } from '../../config/environment.ts';
import { deriveCookieKeys } from './cookie-keys.ts';
import { cspReport } from './csp-report.ts';
import { beginRequest, edgeState } from './edge-state.ts';
import { formBody } from './form-body.ts';
import { hostGuard, originRedirect } from './host-guard.ts';
import type { Logger } from './logger.ts';
import { lookGuard } from './look-writer.ts';
import { methodGuard } from './method-guard.ts';
import { createMetrics } from './metrics.ts';
import { operations } from './operations.ts';
import { originGuard } from './origin-guard.ts';
import type { Pages } from './pages.ts';
import { pathGuard } from './path-guard.ts';
import { sendEdgePage } from './plain-page.ts';
import { remixHandler, type RemixParts } from './remix-handler.ts';
import { requestLog } from './request-log.ts';
import { securityHeaders } from './security-headers.ts';
import type { Services } from './services.ts';

export interface ServerParts {
  readonly config: Environment;
  /** Newest first: the first signs, all verify. */
  readonly cookieSecrets: readonly (string | Uint8Array)[];
  readonly services: Services;
  readonly logger: Logger;
  readonly clock?: () => Date;
  readonly room?: RemixParts['room'];
}

/** How long a client may take to send a request, in milliseconds. */
const REQUEST_MS = 30_000;
const HEADERS_MS = 10_000;

/** Longer than proxies keep a connection that nobody uses, so that they never send into one that just closed. */
const KEPT_ALIVE_MS = 65_000;

/**
 * The HTTP server, not yet listening. `pages` is asked with the server itself, because Vite hangs its own
 * connection on it while developing.
 */
export async function createServer(
  parts: ServerParts,
  pagesOf: (server: Server) => Promise<Pages>,
): Promise<Server> {
  const app = express();
  const server = createHttpServer(
    {
      requestTimeout: REQUEST_MS,
      headersTimeout: HEADERS_MS,
      keepAliveTimeout: KEPT_ALIVE_MS,
    },
    app,
  );
  const pages = await pagesOf(server);
  app.disable('x-powered-by').disable('etag').set('query parser', false);
  app.enable('case sensitive routing').enable('strict routing');
  mount(app, pages, parts);
  return server;
}

/** The order is the policy: each step may rely on those above it. */
function mount(app: Express, pages: Pages, parts: ServerParts): void {
  const { config, cookieSecrets, services, logger, clock = () => new Date() } = parts;
  const metrics = createMetrics();
  const context: RemixParts = {
    config,
    cookieKeys: deriveCookieKeys(cookieSecrets),
    services,
    logger,
    clock,
    ...(parts.room && { room: parts.room }),
  };
  app.use(beginRequest, ...requestLog(logger, metrics));
  const { signInOrigins } = services;
  app.use(...securityHeaders({ ...config, signInOrigins, live: pages.live }));
  app.use(hostGuard(config), methodGuard, compression());
  app.use(operations({ config, services, metrics }));
  app.use(originRedirect(config), ...pages.assets);
  app.use(originGuard(config), cspReport(metrics));
  app.use(pathGuard(pages), lookGuard, formBody);
  app.use(remixHandler(pages, context));
  app.use(lastResort(logger));
}

/** What nobody answered for. A malformed request is the sender's; the rest is ours, and is written down. */
const lastResort =
  (logger: Logger): ErrorRequestHandler =>
  // Express knows a handler of errors by its four parameters.
  // eslint-disable-next-line max-params
  (error: unknown, request, response, _next) => {
    const { requestId, route } = edgeState(request);
    const status: unknown =
      typeof error === 'object' && error !== null && 'status' in error && error.status;
    const theirs = typeof status === 'number' && status >= 400 && status < 500;
    if (!theirs) logger.error({ requestId, route, err: error }, 'fault');
    if (response.headersSent) return void response.destroy();
    sendEdgePage(request, response, theirs ? 'bad-request' : 'fault');
  };
