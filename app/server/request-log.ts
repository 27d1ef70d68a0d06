import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import { pinoHttp } from 'pino-http';
import { edgeState } from './edge-state.ts';
import { describeFault, type Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';

/** One line per request: pattern, method, status, duration, id. Never path, query, body or cookies (H10, G21). */
export function requestLog(logger: Logger, metrics: Metrics): readonly RequestHandler[] {
  const log = pinoHttp<IncomingMessage, ServerResponse>({
    logger,
    genReqId: (request) => edgeState(request).requestId,
    quietReqLogger: true,
    quietResLogger: true,
    serializers: { req: () => undefined, res: () => undefined, err: describeFault },
    customAttributeKeys: { reqId: 'requestId' },
    customLogLevel: (request, response) => levelOf(edgeState(request).route, response.statusCode),
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request',
    customSuccessObject: lineOf,
    customErrorObject: (request, response, ...[, line]) => lineOf(request, response, line),
  });
  return [log, metrics.observe];
}

const QUIET = new Set(['static', '/healthz', '/readyz', '/metrics']);

function levelOf(route: string, status: number): 'debug' | 'info' | 'warn' | 'error' {
  if (status >= 500) return status === 503 ? 'warn' : 'error';
  return QUIET.has(route) ? 'debug' : 'info';
}

function lineOf(request: IncomingMessage, response: ServerResponse, line: unknown): object {
  const ms = typeof line === 'object' && line !== null && 'responseTime' in line;
  return {
    method: request.method,
    route: edgeState(request).route,
    status: response.statusCode,
    ...(ms && { ms: line.responseTime }),
    ...(!response.writableFinished && { aborted: true }),
  };
}
