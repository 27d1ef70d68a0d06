import {
  createRequestHandler,
  type RequestHandler as RemixHandler,
  type ServerBuild,
} from '@remix-run/node';
import type {
  Request as ExpressRequest,
  RequestHandler,
  Response as ExpressResponse,
} from 'express';
import { createContext, type ContextParts, type MadeContext } from './app-context.ts';
import { edgeState } from './edge-state.ts';
import { withFaultResponses } from './fault-responses.ts';
import { isForwardingHeader } from './host-guard.ts';
import { writeLook } from './look-writer.ts';
import type { Pages } from './pages.ts';
import { writeBody } from './write-body.ts';

/**
 * Hands a request to Remix. Not @remix-run/express: that one builds the address from X-Forwarded-Host and Host,
 * and ours come from ORIGIN alone (O8); and the form was already read, whole and checked.
 */
export function remixHandler(pages: Pages, parts: ContextParts): RequestHandler {
  const handlers = new WeakMap<ServerBuild, RemixHandler>();
  const handlerOf = (build: ServerBuild): RemixHandler => {
    const known = handlers.get(build);
    if (known) return known;
    const handler = createRequestHandler(
      withFaultResponses(build),
      pages.live ? 'development' : 'production',
    );
    handlers.set(build, handler);
    return handler;
  };
  return (request, response, next) => {
    const answer = async () => {
      const handler = handlerOf(await pages.build());
      const made = createContext(parts, request);
      const look = await writeLook(made.context, {
        route: edgeState(request).route,
        path: request.url.split('?')[0] ?? '',
      });
      const answered = await handler(remixRequest(request, response, parts.config.origin), {
        ...made.context,
        look,
      });
      await send(response, answered, made);
    };
    answer().catch(next);
  };
}

/**
 * Routes read cookies only through the context and addresses only from ORIGIN. Where a request came from the edge has
 * judged; Remix would ask again and refuse our own pages that hide their address.
 */
const isDropped = (name: string) =>
  ['host', 'origin', 'cookie'].includes(name) || isForwardingHeader(name);

function remixRequest(request: ExpressRequest, response: ExpressResponse, origin: string): Request {
  const headers = new Headers();
  for (const [name, values] of Object.entries(request.headers)) {
    if (isDropped(name)) continue;
    for (const value of [values ?? []].flat()) headers.append(name, value);
  }
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const { body } = edgeState(request);
  return new Request(origin + request.url, {
    method: request.method,
    headers,
    signal: gone.signal,
    ...(body && { body: new Uint8Array(body) }),
  });
}

async function send(
  response: ExpressResponse,
  answered: Response,
  { context, jar }: MadeContext,
): Promise<void> {
  response.status(answered.status);
  for (const [name, value] of answered.headers) {
    // A route's word replaces the edge's; only cookies add up.
    if (name === 'set-cookie') response.append(name, value);
    else response.setHeader(name, value);
  }
  for (const [name, value] of context.answer) response.setHeader(name, value);
  for (const line of jar.setCookieLines()) response.append('Set-Cookie', line);
  if (!answered.body) return void response.end();
  await writeBody(answered.body, response);
}
