import express, { type Router } from 'express';
import { z } from 'zod';
import { edgeState } from './edge-state.ts';
import type { Metrics } from './metrics.ts';

const DIRECTIVES = [
  'default-src',
  'script-src',
  'script-src-elem',
  'script-src-attr',
  'style-src',
  'style-src-elem',
  'style-src-attr',
  'img-src',
  'font-src',
  'connect-src',
  'form-action',
  'base-uri',
  'object-src',
  'frame-ancestors',
] as const;

const reports = z
  .array(
    z.object({ body: z.object({ effectiveDirective: z.enum(DIRECTIVES).catch('default-src') }) }),
  )
  .max(50);

/** Where browsers report what our policy stopped. Only the directive is counted: reports hold addresses. */
export function cspReport(metrics: Metrics): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  const read = express.json({ type: 'application/reports+json', limit: '16kb' });
  router.post('/csp-report', read, (request, response) => {
    edgeState(request).route = '/csp-report';
    const parsed = reports.safeParse(request.body);
    for (const { body } of parsed.success ? parsed.data : []) {
      metrics.violated(body.effectiveDirective);
    }
    response.status(parsed.success ? 204 : 400).end();
  });
  return router;
}
