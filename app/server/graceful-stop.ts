import type { Server, ServerResponse } from 'node:http';

/** How long requests under way may take to finish, in milliseconds (F29). */
export const STOP_MS = 10_000;

const LOOK_EVERY_MS = 50;

/**
 * Answers a way to stop: no new connections, what is under way finishes, kept-alive connections are let go, and
 * after `withinMs` what is left is cut. Ask for it before the server listens, so that no request is missed.
 */
export function gracefulStop(server: Server, withinMs = STOP_MS): () => Promise<void> {
  const underWay = new Set<ServerResponse>();
  let stopping = false;
  server.prependListener('request', (_request, response: ServerResponse) => {
    if (stopping) response.setHeader('Connection', 'close');
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
  });
  return async () => {
    stopping = true;
    for (const response of underWay) {
      if (!response.headersSent) response.setHeader('Connection', 'close');
    }
    await closed(server, withinMs);
  };
}

function closed(server: Server, withinMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const idle = setInterval(() => server.closeIdleConnections(), LOOK_EVERY_MS);
    const cut = setTimeout(() => server.closeAllConnections(), withinMs);
    server.close((error) => {
      clearInterval(idle);
      clearTimeout(cut);
      if (error) reject(error);
      else resolve();
    });
  });
}
