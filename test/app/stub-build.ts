import type {
  ActionFunctionArgs,
  HandleDocumentRequestFunction,
  HandleErrorFunction,
  LoaderFunctionArgs,
  ServerBuild,
} from '@remix-run/node';

type Module = NonNullable<ServerBuild['routes'][string]>['module'];

export interface StubRoute {
  readonly loader?: (args: LoaderFunctionArgs) => unknown;
  readonly action?: (args: ActionFunctionArgs) => unknown;
  /** Without one the route answers by its loader alone. */
  readonly page?: boolean;
}

/** A Remix build in memory: routes by their path, and pages that say their nonce and the data they were given. */
export function stubBuild(routes: Readonly<Record<string, StubRoute>>): ServerBuild {
  const entries = Object.entries(routes).map(([path, route]) => {
    const id = `routes${path}`;
    const place = path === '/' ? { index: true } : { path: path.slice(1) };
    return [id, { id, parentId: 'root', ...place, module: moduleOf(route) }] as const;
  });
  return {
    mode: 'production',
    entry: { module: { default: renderStub, handleError: reportStub } },
    routes: {
      root: { id: 'root', path: '', module: moduleOf({ page: true }) },
      ...Object.fromEntries(entries),
    },
    assets: { entry: { imports: [], module: '' }, routes: {}, url: '', version: '' },
    basename: '/',
    publicPath: '/',
    assetsBuildDirectory: '',
    future: {
      v3_fetcherPersist: true,
      v3_relativeSplatPath: true,
      v3_throwAbortReason: true,
      v3_singleFetch: true,
      v3_lazyRouteDiscovery: false,
    },
    isSpaMode: false,
  };
}

function moduleOf({ loader, action, page = true }: StubRoute): Module {
  const parts: Partial<Module> = {
    ...(page && { default: () => null }),
    ...(loader && { loader: async (args: LoaderFunctionArgs) => (await loader(args)) ?? null }),
    ...(action && { action: async (args: ActionFunctionArgs) => (await action(args)) ?? null }),
  };
  return parts as Module;
}

const renderStub: HandleDocumentRequestFunction = (...[, status, headers, page, { nonce }]) => {
  const { loaderData, actionData, errors } = page.staticHandlerContext;
  const data = JSON.stringify({ loaderData, actionData, errors }).replaceAll('<', '\\u003c');
  headers.set('Content-Type', 'text/html; charset=utf-8');
  return new Response(`<script nonce="${nonce}">${data}</script>`, { headers, status });
};

const reportStub: HandleErrorFunction = (error, { context }) => context.report(error);
