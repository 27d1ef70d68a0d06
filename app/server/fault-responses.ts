import { json, type ServerBuild } from '@remix-run/node';
import { faultAnswer } from '../fault-answer.ts';

type Routes = ServerBuild['routes'];
type RouteModule = NonNullable<Routes[string]>['module'];
type Handler = NonNullable<RouteModule['loader'] | RouteModule['action']>;
type HandlerArgs = Parameters<Handler>[0];

/**
 * A build whose loaders and actions answer faults as pages: 503 with Retry-After where the fault passes, else 500.
 * What leaves is the request id, never a message; the fault itself goes to the log.
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
      const answer = await run(args);
      handOn(answer, args.context.answer);
      return answer;
    } catch (thrown) {
      handOn(thrown, args.context.answer);
      if (!(thrown instanceof Error)) throw thrown;
      throw faultResponse(thrown, args.context);
    }
  };

function faultResponse(fault: Error, context: HandlerArgs['context']): Response {
  context.report(fault);
  const { requestId } = context;
  const passing = faultAnswer(fault);
  if (!passing) return json({ requestId }, { status: 500 });
  const { status, retryAfterSeconds } = passing;
  context.answer.set('Retry-After', String(retryAfterSeconds));
  return json({ requestId, retryAfterSeconds }, { status });
}

/** Remix drops these headers of a page's data unless each route exports a function for it. */
const HANDED_ON = ['Allow', 'Retry-After', 'Clear-Site-Data', 'Referrer-Policy'];

function handOn(answer: unknown, headers: Headers): void {
  const given = headersOf(answer);
  for (const name of HANDED_ON) {
    const value = given?.get(name);
    if (value != null) headers.set(name, value);
  }
}

/** The headers of a Response, or of what Remix's `data()` makes. */
function headersOf(answer: unknown): Headers | undefined {
  if (answer instanceof Response) return answer.headers;
  if (typeof answer !== 'object' || answer === null || !('init' in answer)) return undefined;
  const { init } = answer as { init: ResponseInit | null };
  return new Headers(init?.headers);
}
