import { Agent, request, type Dispatcher } from 'undici';
import { isLoopback } from '../config/loopback.ts';
import type { ProviderName } from '../domain/account/events.ts';
import { readCapped } from './capped-body.ts';
import { decodedBody } from './decoded-body.ts';
import type { Hear } from './heard.ts';
import { providerFault } from './provider-fault.ts';

/** How long and how much, in milliseconds and bytes (G15). */
export interface Limits {
  /** One call, from connecting to the last byte. */
  readonly callMs: number;
  /** Everything one callback does. */
  readonly tripMs: number;
  readonly bytes: number;
}

export const standardLimits: Limits = { callMs: 5_000, tripMs: 10_000, bytes: 64 * 1024 };

export interface Call {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Once more where the first try came to nothing: for reading a profile, never where something is spent. */
  readonly again?: boolean;
}

/** What makes calls to one provider: a pool of connections, and what is allowed. */
export interface Line {
  readonly provider: ProviderName;
  readonly limits: Limits;
  /** http to this machine is allowed: only where the provider itself was configured so (G17). */
  readonly loopback: boolean;
  readonly pool: Dispatcher;
}

/** A pool of connections of its own: nothing else in the process shares its limits. */
export const openPool = ({ callMs }: Limits): Dispatcher =>
  new Agent({
    connect: { timeout: callMs },
    headersTimeout: callMs,
    bodyTimeout: callMs,
    maxHeaderSize: 16 * 1024,
  });

/** https, or http to this machine where the provider was configured so. */
export function isAllowed(address: string | URL, loopback: boolean): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username } = new URL(address);
  if (username !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && loopback && isLoopback(hostname));
}

/** The calls of one round trip: they share one deadline. */
export class Calls {
  readonly line: Line;
  readonly #hear: Hear | undefined;
  readonly #deadline: AbortSignal;

  constructor(line: Line, hear?: Hear) {
    this.line = line;
    this.#hear = hear;
    this.#deadline = AbortSignal.timeout(line.limits.tripMs);
  }

  /**
   * Asks, and reads the answer whole. Throws ProviderFault: `provider-unreachable` for refused connections, time-outs and
   * answers of 429 or from 500 on; `provider-nonsense` for redirects and answers too long. Any other status is the caller's.
   */
  async send(address: string | URL, call: Call = {}): Promise<Response> {
    try {
      return await this.#once(address, call);
    } catch (error) {
      const retried = call.again === true && !this.#deadline.aborted && isUnreachable(error);
      if (!retried) throw error;
      return this.#once(address, call);
    }
  }

  async #once(address: string | URL, { method = 'GET', headers, body }: Call): Promise<Response> {
    const { provider, limits, loopback, pool } = this.line;
    if (!isAllowed(address, loopback)) {
      throw providerFault(provider, 'provider-nonsense', 'an address that is not https');
    }
    const signal = AbortSignal.any([AbortSignal.timeout(limits.callMs), this.#deadline]);
    // identity: nothing small on the wire becomes large in memory.
    const sent = {
      accept: '*/*',
      'accept-encoding': 'identity',
      'user-agent': 'latchkey',
      ...headers,
    };
    const where = new URL(address).pathname;
    try {
      // Not fetch, which costs four times the processor time: none of what it does more is wanted, redirects least.
      const asked = { method, headers: sent, body: body ?? null, signal, dispatcher: pool };
      const answer = await request(address, asked);
      const status = answer.statusCode;
      const bytes = await readCapped(decodedBody(answer), limits.bytes);
      this.#hear?.({ method, from: originAndPath(address), status, body: textOf(bytes) });
      const problem = problemOf(status, bytes);
      if (problem) throw providerFault(provider, problem[0], `${where}: ${problem[1]}`);
      return new Response(bytes?.length ? bytes : null, { status, headers: kept(answer) });
    } catch (error) {
      if (error instanceof Error && 'provider' in error) throw error;
      const why = signal.aborted ? 'no answer in time' : 'no connection';
      throw providerFault(provider, 'provider-unreachable', `${where}: ${why}`);
    }
  }
}

const textOf = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

const originAndPath = (address: string | URL): string => {
  const { origin, pathname } = new URL(address);
  return origin + pathname;
};

const isUnreachable = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'provider-unreachable';

/** What makes an answer none, whoever asked. */
function problemOf(status: number, bytes: Uint8Array | undefined) {
  if (status >= 300 && status < 400) return ['provider-nonsense', 'answered elsewhere'] as const;
  if (status >= 500 || status === 429)
    return ['provider-unreachable', `answered ${status}`] as const;
  if (bytes === undefined) return ['provider-nonsense', 'answered too much'] as const;
  return undefined;
}

/** The body is decoded and whole: what describes it on the wire does not hold any more. */
function kept({ headers }: Dispatcher.ResponseData): Headers {
  const left = new Headers();
  for (const [name, values] of Object.entries(headers)) {
    if (onTheWire.has(name)) continue;
    for (const value of [values ?? []].flat()) left.append(name, value);
  }
  return left;
}

const onTheWire = new Set(['content-encoding', 'content-length', 'transfer-encoding']);
