import { json, type ServerBuild } from '@remix-run/node';
import { faultAnswer } from '../fault-answer.ts';

type Routes = ServerBuild['routes'];
type RouteModule = NonNullable<Routes[string]>['module'];
type Handler = NonNullable<RouteModule['loader'] | RouteModule['action']>;
type HandlerArgs = Parameters<Handler>[0];

/**
 * A build whose loaders and actions answer faults as pages: 503 with Retry-After where the fault passes, else 500.
 * What leaves is a code and the request id, never a message; the fault itself goes to the log.
 */
export function withFaultResponses(build: ServerBuild): ServerBuild {
  const routes = Object.entries(build.routes).map(([id, route]) => {
    if (!route) return [id, route] as const;
    return [id, { ...route, module: guarded(route.module) }] as const;
  });
  return { ...build, routes: Object.fromEntries(routes) };
}

function guarded(module: RouteModule): RouteModule {
  const { loader, action } = module;
  return {
    ...module,
    ...(loader && { loader: catching(loader) }),
    ...(action && { action: catching(action) }),
  };
}

const catching =
  <Ran extends (args: HandlerArgs) => unknown>(run: Ran) =>
  async (args: HandlerArgs) => {
    try {
      return await run(args);
    } catch (thrown) {
      if (!(thrown instanceof Error)) throw thrown;
      throw faultResponse(thrown, args.context);
    }
  };

function faultResponse(fault: Error, context: HandlerArgs['context']): Response {
  context.report(fault);
  const { requestId } = context;
  const passing = faultAnswer(fault);
  if (!passing) return json({ code: 'fault', requestId }, { status: 500 });
  context.answer.set('Retry-After', String(passing.retryAfterSeconds));
  return json({ code: passing.code, requestId }, { status: passing.status });
}
