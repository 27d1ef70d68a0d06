import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import { edgeState } from './edge-state.ts';

/** What this process counts. No counter tells why anybody was refused (H10). */
export interface Metrics {
  readonly registry: Registry;
  /** Times a request by its route's pattern. */
  readonly observe: RequestHandler;
  /** Counts a report about our content security policy, by directive. */
  violated(directive: string): void;
}

/** Status by class: an exact one would tell a refused form from a refused command. */
const LABELS = ['method', 'route', 'status'] as const;
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'latchkey_http_request_duration_seconds',
    help: 'How long requests took, by route pattern and class of status.',
    labelNames: LABELS,
    buckets: BUCKETS,
    registers: [registry],
  });
  const violations = new Counter({
    name: 'latchkey_csp_violations_total',
    help: 'What browsers refused to load or run under our content security policy.',
    labelNames: ['directive'],
    registers: [registry],
  });
  const observe: RequestHandler = (request, response, next) => {
    const stop = durations.startTimer({ method: request.method });
    response.once('close', () => {
      const status = `${Math.floor(response.statusCode / 100)}xx`;
      stop({ route: edgeState(request).route, status });
    });
    next();
  };
  return { registry, observe, violated: (directive) => violations.inc({ directive }) };
}
