import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import type { Route } from './route-table.ts';

/** What the edge knows of a request, filled in as it passes. */
export interface EdgeState {
  /** Minted here, never taken from a header (H10). */
  readonly requestId: string;
  /** For the script tags of this answer, and of no other. */
  readonly nonce: string;
  /** What stands in logs and metrics instead of the path: a route's pattern. */
  route: string;
  /** The page's route as the path guard found it; undefined until then, and where there is none. */
  found: Route | undefined;
  /** The form that was sent, whole; undefined for anything but a write. */
  body: Buffer | undefined;
}

const states = new WeakMap<IncomingMessage, EdgeState>();

/** The state of a request that passed `beginRequest`. */
export function edgeState(request: IncomingMessage): EdgeState {
  const state = states.get(request);
  if (!state) throw new Error('the request did not come through the edge');
  return state;
}

/** First of all: an id, a nonce, and the id on the answer. */
export const beginRequest: RequestHandler = (request, response, next) => {
  const requestId = randomUUID();
  const nonce = randomBytes(16).toString('base64');
  states.set(request, { requestId, nonce, route: 'unmatched', found: undefined, body: undefined });
  response.setHeader('X-Request-Id', requestId);
  next();
};
