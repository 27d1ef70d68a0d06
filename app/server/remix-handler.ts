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
import { faultAnswer } from '../fault-answer.ts';
import { createContext, type ContextParts, type MadeContext } from './app-context.ts';
import { edgeState } from './edge-state.ts';
import { withFaultResponses } from './fault-responses.ts';
import { isForwardingHeader } from './host-guard.ts';
import { writeLook } from './look-writer.ts';
import type { Pages } from './pages.ts';
import { sendEdgePage } from './plain-page.ts';
import { Room, type RoomOptions } from './room.ts';
import { buildOfRoute } from './route-build.ts';
import type { Route } from './route-table.ts';
import { sendWhole } from './whole-body.ts';
import { writeBody } from './write-body.ts';

export interface RemixParts extends ContextParts {
  /** How much is done at once, where it is not the usual. */
  readonly room?: Omit<RoomOptions, 'trustedProxies'>;
}

/**
 * Hands a request to Remix, when there is room. Not @remix-run/express: that one builds the address from X-Forwarded-Host and Host,
 * and ours come from ORIGIN alone (O8); and the form was already read, whole and checked.
 */
export function remixHandler(pages: Pages, parts: RemixParts): RequestHandler {
  const handlers = new WeakMap<ServerBuild | Route, RemixHandler>();
  const mode = pages.live ? 'development' : 'production';
  const handlerOf = (build: ServerBuild, route: Route | undefined): RemixHandler => {
    const known = handlers.get(route ?? build);
    if (known) return known;
    const answering = route ? buildOfRoute(build, route) : build;
    const handler = createRequestHandler(withFaultResponses(answering), mode);
    handlers.set(route ?? build, handler);
    return handler;
  };
  const rooms = new Room<Answered>({ ...parts.room, trustedProxies: parts.config.trustedProxies });
  const ask = async (request: ExpressRequest, response: ExpressResponse): Promise<Answered> => {
    const { route, found } = edgeState(request);
    const handler = handlerOf(await pages.build(), found);
    const made = createContext(parts, request);
    const path = request.url.split('?')[0] ?? '';
    const look = await writeLook(made.context, { route, path });
    const asked = remixRequest(request, response, parts.config.origin);
    return { made, answered: await handler(asked, { ...made.context, look }) };
  };
  return (request, response, next) => {
    const answer = async () => {
      const { answered, made } = await rooms.within(request, () => ask(request, response));
      await send(response, answered, made);
    };
    answer().catch((error: unknown) => {
      const passing = faultAnswer(error);
      if (passing?.code !== 'overloaded' || response.headersSent) return next(error);
      response.setHeader('Retry-After', String(passing.retryAfterSeconds));
      sendEdgePage(request, response, 'overloaded');
    });
  };
}

interface Answered {
  readonly answered: Response;
  readonly made: MadeContext;
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
  const whole = response.hasHeader('Content-Length');
  // What a HEAD is told must not differ from a GET's; how long that would be compressed nobody knows.
  if (!answered.body) {
    response.removeHeader('Content-Length');
    return void response.end();
  }
  if (whole) return sendWhole(response, new Uint8Array(await answered.arrayBuffer()));
  await writeBody(answered.body, response);
}
