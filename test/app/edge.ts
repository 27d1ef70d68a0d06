import {
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
} from 'node:http';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { readEnvironment, type Environment } from '../../config/environment.ts';
import { createServer, type ServerParts } from '../../app/server/create-server.ts';
import { gracefulStop } from '../../app/server/graceful-stop.ts';
import { createLogger } from '../../app/server/logger.ts';
import type { Pages } from '../../app/server/pages.ts';
import type { Services } from '../../app/server/services.ts';
import { freePort } from '../support/free-port.ts';
import { stubBuild, type StubRoute } from './stub-build.ts';

export interface EdgeOptions {
  readonly routes?: Readonly<Record<string, StubRoute>>;
  readonly config?: Partial<Environment>;
  readonly services?: Partial<Services>;
  readonly assets?: Pages['assets'];
  readonly clock?: () => Date;
  readonly room?: ServerParts['room'];
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Edge {
  readonly origin: string;
  readonly port: number;
  readonly server: Server;
  readonly stop: () => Promise<void>;
  /** Sends the path as it stands, with a right Host and nothing else. */
  ask(path: string, asked?: Asked): Promise<Answered>;
  /** Sends a form as our own page would; `cookie` as a browser holds it. */
  post(path: string, form: Readonly<Record<string, string>>, cookie?: string): Promise<Answered>;
  /** What the server wrote to its log. */
  log(): string;
}

/** A real server on a loopback port, its routes given by the test, gone when the test is. */
export async function startEdge(options: EdgeOptions = {}): Promise<Edge> {
  const port = await freePort();
  const config = {
    ...readEnvironment({ PORT: String(port), LOG_LEVEL: 'debug' }),
    ...options.config,
  };
  const lines: string[] = [];
  const server = await createServer(
    {
      config,
      cookieSecrets: ['a cookie secret of this test'],
      services: servicesOf(options.services),
      logger: createLogger(config.logLevel, linesInto(lines)),
      ...(options.clock && { clock: options.clock }),
      ...(options.room && { room: options.room }),
    },
    pagesOf(options),
  );
  const stop = gracefulStop(server);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    if (server.listening) await stop();
  });
  const origin = `http://localhost:${port}`;
  const ask = (path: string, asked: Asked = {}) => send(port, path, asked);
  return {
    origin,
    port,
    server,
    stop,
    ask,
    post: (path, form, cookie) =>
      ask(path, {
        method: 'POST',
        headers: { ...formHeaders(config.origin), ...(cookie && { cookie }) },
        body: new URLSearchParams(form).toString(),
      }),
    log: () => lines.join(''),
  };
}

export const formHeaders = (origin: string) => ({
  origin,
  'content-type': 'application/x-www-form-urlencoded',
});

/** The cookies an answer set, as a browser would send them back. */
export const cookiesFrom = ({ headers }: Answered): string =>
  (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ');

async function send(port: number, path: string, asked: Asked): Promise<Answered> {
  const { method = 'GET', headers = {}, body } = asked;
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const request = httpRequest({
    port,
    host: '127.0.0.1',
    path,
    method,
    headers: { host: `localhost:${port}`, ...length, ...headers } as Record<string, string>,
    agent: false,
  });
  request.end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: Buffer.concat(chunks).toString('utf8'),
  };
}

const pagesOf =
  ({ routes = {}, assets = [] }: EdgeOptions) =>
  async (): Promise<Pages> => {
    const build = stubBuild(routes);
    return { build: async () => build, assets, live: false };
  };

/** Nobody is signed in, everything is well; a test gives what it needs otherwise. */
function servicesOf(given: Partial<Services> = {}): Services {
  const services: Pick<Services, 'guard' | 'seen' | 'health' | 'signInOrigins' | 'close'> = {
    guard: async () => undefined,
    seen: async () => undefined,
    health: async () => ({ ready: true, parts: { log: 'ok' } }),
    signInOrigins: () => [],
    close: async () => undefined,
  };
  return { ...services, ...given } as Services;
}

const linesInto = (lines: string[]) =>
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString('utf8'));
      done();
    },
  });
