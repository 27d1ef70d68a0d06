import { Agent } from 'node:http';
import { WebClient, type Answer, type Asked } from '../../test/support/web-client.ts';
import type { Kind, Seen, Tally } from './tally.ts';

/** Somebody went away, refused or let down; it is written down already. */
export class Left extends Error {}

export interface VisitorParts {
  /** Where the application listens. */
  readonly address: string;
  /** Counted from 1; each has an address of their own. */
  readonly number: number;
  /** When they wanted their first page, by `performance.now()`. */
  readonly wanted: number;
  /** Ends everything that is under way. */
  readonly closing: AbortSignal;
  readonly tally: Tally;
}

/** Nobody waits longer for an answer, in milliseconds; what comes later is a hang. */
export const PATIENCE_MS = 15_000;

/** Forms whose answer waits for a hash. */
const HASHING = new Set(['/register', '/login']);

/**
 * A browser of one person at one address, with a kept connection of its own, that writes down every answer. Throws
 * `Left` at the first that is no page and no way on.
 */
export class Visitor extends WebClient {
  readonly #parts: VisitorParts;
  readonly #agent: Agent;
  #isFirst = true;

  constructor(parts: VisitorParts) {
    const { port } = new URL(parts.address);
    super(`http://localhost:${port}`, parts.address);
    this.#parts = parts;
    const localAddress = addressOf(parts.number);
    this.#agent = new Agent({ keepAlive: true, maxSockets: 1, localAddress });
    this.agent = this.#agent;
  }

  /** The first page was wanted when its person should have come; every other when the one before had come. */
  override async ask(path: string, asked: Asked = {}): Promise<Answer> {
    const { closing, wanted: came, tally } = this.#parts;
    const wanted = this.#isFirst ? came : performance.now();
    this.#isFirst = false;
    const kind = kindOf(path, asked);
    const note = (end: Seen['end']) =>
      tally.note({ kind, end, wanted, took: performance.now() - wanted });
    const letDown = (what: string) => {
      note('broken');
      tally.broke(what);
      return new Left(what);
    };
    const signal = AbortSignal.any([closing, AbortSignal.timeout(PATIENCE_MS)]);
    const where = `${asked.method ?? 'GET'} ${path.split('?')[0] ?? ''}`;
    const answer = await super.ask(path, { ...asked, signal }).catch((error: unknown) => {
      throw letDown(`${where}: ${wordFor(error)}`);
    });
    const { status, headers } = answer;
    if (status === 503 && /^\d+$/.test(headers['retry-after'] ?? '')) {
      note('refused');
      throw new Left('refused');
    }
    if (status !== 200 && status !== 303) throw letDown(`${where}: ${status}`);
    note('answered');
    return answer;
  }

  /** Ends its connection. */
  leave(): void {
    this.#agent.destroy();
  }
}

const kindOf = (path: string, { method }: Asked): Kind =>
  method === 'POST' && HASHING.has(path) ? 'hashing' : 'other';

/**
 * All of 127.0.0.0/8 is this machine: limits for each address stay on as in production, and no header is needed that
 * development rules would refuse.
 */
const addressOf = (number: number): string =>
  `127.${1 + ((number >> 16) & 127)}.${(number >> 8) & 255}.${number & 255}`;

function wordFor(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'AbortError') return 'no answer in time';
  return 'code' in error ? String(error.code) : error.message;
}
