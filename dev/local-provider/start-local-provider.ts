import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readExchange, type Exchange } from './exchange.ts';
import type { Manner } from './failures.ts';
import { Grants } from './grants.ts';
import { IdTokens } from './id-tokens.ts';
import { environmentAt, rolesAt, type RoleName } from './roles.ts';
import { answer, routesOf } from './routes.ts';
import type { Silent, Stage } from './stage.ts';

/** One request that came in. It holds codes and secrets: for tests, never for a log. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: URLSearchParams;
  readonly authorization: string | undefined;
}

/** A running local provider. */
export interface LocalProvider {
  readonly origin: string;
  /** The variables that point an app at it, by role. */
  readonly environment: Readonly<Record<RoleName, Readonly<Record<string, string>>>>;
  /** The last thousand requests, oldest first. */
  readonly seen: readonly Seen[];
  /** Lets a place that is asked for nobody in particular misbehave when it is asked next. */
  misbehaveNext(place: Silent, manner: Manner): void;
  /** Ends every access token; what they are renewed with stays good. */
  endAccess(): void;
  close(): Promise<void>;
}

export interface LocalProviderOptions {
  /** 0 for any free one. */
  readonly port?: number;
  /** Where people may be sent back to. Unset: to every loopback address. */
  readonly appOrigins?: readonly string[];
}

const REMEMBERED = 1000;

/**
 * Starts one loopback server that plays GitHub, Google, Facebook and a plain OpenID provider, each with its own
 * shapes, and misbehaves on demand. For development and tests; nothing in a build imports it.
 */
export async function startLocalProvider({
  port = 0,
  appOrigins,
}: LocalProviderOptions = {}): Promise<LocalProvider> {
  const idTokens = await IdTokens.make();
  const server = createServer();
  await once(server.listen(port, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');

  const origin = `http://127.0.0.1:${address.port}`;
  const roles = rolesAt(origin);
  const next: Stage['next'] = new Map();
  const stage: Stage = { origin, roles, grants: new Grants(), idTokens, appOrigins, next };
  const seen: Seen[] = [];
  server.on('request', (request, response) => void serve(stage, seen, { request, response }));
  return {
    origin,
    environment: environmentAt(origin),
    seen,
    misbehaveNext: (place, manner) => void next.set(place, manner),
    endAccess: () => stage.grants.endAccess(),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

interface Talk {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function serve(stage: Stage, seen: Seen[], { request, response }: Talk): Promise<void> {
  try {
    const exchange = await readExchange(request, response, stage.origin);
    if (exchange === undefined) return void response.writeHead(400).end();
    seen.push(seenOf(exchange));
    if (seen.length > REMEMBERED) seen.shift();
    await answer(routesOf(stage), exchange);
  } catch (error) {
    console.error('The local provider failed:', error);
    if (!response.headersSent) response.writeHead(500);
    response.end();
  }
}

const seenOf = ({ method, url, headers, body }: Exchange): Seen => ({
  method,
  path: url.pathname,
  query: url.searchParams,
  body,
  authorization: headers.authorization,
});
