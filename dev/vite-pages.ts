import type { Server } from 'node:http';
import type { ServerBuild } from '@remix-run/node';
import { createServer } from 'vite';
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
    assets: [vite.middlewares],
    live: true,
  };
}
