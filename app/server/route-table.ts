import type { ServerBuild } from '@remix-run/node';
import { z } from 'zod';

/** A route as logs, metrics and the path guard know it. */
export interface Route {
  /** As in `/auth/:provider/callback`. */
  readonly pattern: string;
  readonly segments: readonly string[];
  readonly methods: readonly string[];
  /** What answers there, by Remix's ids: the page and the frames round it. */
  readonly ids: readonly string[];
}

type Routes = ServerBuild['routes'];

const tables = new WeakMap<Routes, readonly Route[]>();

/** The routes of a build, most particular first. Worked out once per build. */
export function routeTable(routes: Routes): readonly Route[] {
  const known = tables.get(routes);
  if (known) return known;
  const table = new Map<string, Route>();
  for (const route of Object.values(routes)) {
    if (!route || (route.path === undefined && route.index !== true)) continue;
    const segments = segmentsOf(routes, route.id);
    const pattern = `/${segments.join('/')}`;
    // A frame and the page in it have one address.
    const other = table.get(pattern);
    const methods = [...new Set([...(other?.methods ?? []), ...methodsOf(route.module)])];
    const ids = [...new Set([...(other?.ids ?? []), ...lineOf(routes, route.id)])];
    table.set(pattern, { pattern, segments, methods, ids });
  }
  const sorted = [...table.values()].sort((one, other) => rank(one).localeCompare(rank(other)));
  tables.set(routes, sorted);
  return sorted;
}

/** The route of a path as Remix will find it: without regard to case. */
export function findRoute(table: readonly Route[], path: string): Route | undefined {
  const parts = split(path);
  return table.find(({ segments }) => matches(segments, parts));
}

/** The one right spelling of a path on a route: its own words as declared, the rest as typed. */
export function spelledAs(route: Route, path: string): string {
  const parts = split(path).map((part, index) => {
    const segment = route.segments[index];
    const own = segment !== undefined && !segment.startsWith(':') && segment !== '*';
    return own ? segment : part;
  });
  return `/${parts.join('/')}`;
}

function matches(segments: readonly string[], parts: readonly string[]): boolean {
  const open = segments.at(-1) === '*';
  if (open ? parts.length < segments.length - 1 : parts.length !== segments.length) return false;
  return segments.every(
    (segment, index) =>
      segment === '*' ||
      segment.startsWith(':') ||
      segment.toLowerCase() === parts[index]?.toLowerCase(),
  );
}

/** A route's own id and those of all above it. */
function lineOf(routes: Routes, id: string): readonly string[] {
  const parentId = routes[id]?.parentId;
  return parentId === undefined ? [id] : [id, ...lineOf(routes, parentId)];
}

function segmentsOf(routes: Routes, id: string): readonly string[] {
  const route = routes[id];
  if (!route) return [];
  const above = route.parentId === undefined ? [] : segmentsOf(routes, route.parentId);
  return [...above, ...split(route.path ?? '')];
}

const ownMethods = z.object({ methods: z.array(z.enum(['GET', 'HEAD', 'POST'])) });

/** A page is read; a write needs an action; a route may say otherwise in its `handle`. */
function methodsOf(module: NonNullable<Routes[string]>['module']): readonly string[] {
  const own = ownMethods.safeParse(module.handle);
  if (own.success) return own.data.methods;
  const read = module.loader !== undefined || module.default !== undefined;
  return [...(read ? ['GET', 'HEAD'] : []), ...(module.action ? ['POST'] : [])];
}

/** Sorts words before parameters before splats, place by place. */
const rank = ({ segments }: Route): string =>
  segments.map((segment) => (segment === '*' ? '3' : segment.startsWith(':') ? '2' : '1')).join('');

const split = (path: string): readonly string[] => path.split('/').filter((part) => part !== '');
