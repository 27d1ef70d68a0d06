import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

/** Status by class: an exact one would tell a refused form from a refused command. */
const LABELS = ['method', 'route', 'status'] as const;
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export interface CountedRequest {
  readonly method: string;
  readonly route: string;
  readonly status: string;
}

/** What Prometheus reads, and as what type. */
export interface ToldMetrics {
  readonly contentType: string;
  readonly text: string;
}

/** The numbers behind `Metrics`, in the format of Prometheus. */
export interface Counters {
  took(request: CountedRequest, seconds: number): void;
  violated(directive: string): void;
  told(): Promise<ToldMetrics>;
}

export function createCounters(): Counters {
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
  return {
    took: (request, seconds) => durations.observe({ ...request }, seconds),
    violated: (directive) => violations.inc({ directive }),
    told: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}
