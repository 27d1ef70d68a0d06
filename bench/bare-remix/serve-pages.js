import { createServer } from 'node:http';
import { join } from 'node:path';
import { createRequestHandler, writeReadableStreamToWritable } from '@remix-run/node';
import compression from 'compression';
import express from 'express';

// As Remix's template for Express has it, and step by step what its adapter (`@remix-run/express`) does: compression,
// assets, pages. No session, no policy, no tokens, no log.
const built = join(import.meta.dirname, '../../.cache/bare-remix');

/**
 * Serves the bare pages at the port and host of the environment.
 * @param {object} [context] what loaders get
 */
export async function servePages(context = {}) {
  const build = await import(join(built, 'server/index.js'));
  const handle = createRequestHandler(build, 'production');
  const app = express().disable('x-powered-by');
  app.use(compression(), express.static(join(built, 'client'), { maxAge: '1h' }));
  app.get('*', (request, response, next) => {
    handle(remixRequest(request, response), /** @type {any} */ (context))
      .then((answered) => send(response, answered))
      .catch(next);
  });
  createServer(app).listen(Number(process.env['PORT']), process.env['HOST']);
}

/**
 * @param {express.Request} request
 * @param {express.Response} response
 */
function remixRequest(request, response) {
  const headers = new Headers();
  for (const [name, values] of Object.entries(request.headers)) {
    for (const value of [values ?? []].flat()) headers.append(name, value);
  }
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const url = new URL(`${request.protocol}://${request.get('host')}${request.originalUrl}`);
  return new Request(url, { method: request.method, headers, signal: gone.signal });
}

/**
 * @param {express.Response} response
 * @param {Response} answered
 */
async function send(response, answered) {
  response.status(answered.status);
  for (const [name, value] of answered.headers) response.append(name, value);
  if (!answered.body) return void response.end();
  await writeReadableStreamToWritable(answered.body, response);
}
