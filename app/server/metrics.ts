import type { RequestHandler } from 'express';
import type { Counters, ToldMetrics } from './counters.ts';
import { edgeState } from './edge-state.ts';

/** What this process counts. No counter tells why anybody was refused (H10). */
export interface Metrics {
  /** Everything counted so far. */
  told(): Promise<ToldMetrics>;
  /** Times a request by its route's pattern. */
  readonly observe: RequestHandler;
  /** Counts a report about our content security policy, by directive. */
  violated(directive: string): void;
}

/** Its counters are loaded once the first request was answered: nobody waits for them at a start. */
export function createMetrics(): Metrics {
  let loading: Promise<Counters> | undefined;
  const counters = () => {
    loading ??= import('./counters.ts').then(({ createCounters }) => createCounters());
    return loading;
  };
  const observe: RequestHandler = (request, response, next) => {
    const began = performance.now();
    response.once('close', () => {
      const seconds = (performance.now() - began) / 1_000;
      const status = `${Math.floor(response.statusCode / 100)}xx`;
      const { route } = edgeState(request);
      const counted = { method: request.method, route, status };
      void counters().then((known) => known.took(counted, seconds));
    });
    next();
  };
  return {
    told: async () => (await counters()).told(),
    observe,
    violated: (directive) => void counters().then((known) => known.violated(directive)),
  };
}
