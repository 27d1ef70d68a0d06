import type { Server } from 'node:http';
import type { ServerBuild } from '@remix-run/node';
import type { RequestHandler } from 'express';
import { createServer, type Connect } from 'vite';
import { edgeState } from '../app/server/edge-state.ts';
import type { Pages } from '../app/server/pages.ts';

/** The pages while they are being written: Vite builds them anew when a file changes, in the server's own process. */
export async function vitePages(server: Server): Promise<Pages> {
  const vite = await createServer({
    appType: 'custom',
    server: { middlewareMode: true, hmr: { server } },
  });
  server.once('close', () => void vite.close());
  return {
    // Remix's plugin is the one that knows what this module holds.
    build: async () =>
      (await vite.ssrLoadModule('virtual:remix/server-build')) as unknown as ServerBuild,
    assets: [quietly(vite.middlewares)],
    live: true,
  };
}

/** Vite answers a hundred modules a page; they are as little worth a line of log as hashed files are. */
const quietly =
  (modules: Connect.Server): RequestHandler =>
  (request, response, next) => {
    const state = edgeState(request);
    state.route = 'static';
    modules(request, response, (error?: unknown) => {
      state.route = 'unmatched';
      next(error);
    });
  };
