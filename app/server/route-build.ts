import type { ServerBuild } from '@remix-run/node';
import type { Route } from './route-table.ts';

/**
 * A build that knows one route and the frames round it. Remix compiles the patterns of every route it knows, several
 * times for each request, to find the one that the edge has found already.
 */
export const buildOfRoute = (build: ServerBuild, { ids }: Route): ServerBuild => ({
  ...build,
  routes: only(build.routes, ids),
  assets: { ...build.assets, routes: only(build.assets.routes, ids) },
});

const only = <Value>(all: Readonly<Record<string, Value>>, ids: readonly string[]) =>
  Object.fromEntries(Object.entries(all).filter(([id]) => ids.includes(id)));
