import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request as the plays see it, with its body already read. */
export interface Exchange {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  /** Fields of a form, or of a JSON object's strings. */
  readonly body: URLSearchParams;
  readonly response: ServerResponse;
}

export type Handler = (exchange: Exchange) => void | Promise<void>;

const LONGEST_BODY = 64 * 1024;

/** Reads a request whole; undefined where its body is too long, is no JSON though it says so, or breaks off. */
export async function readExchange(
  request: IncomingMessage,
  response: ServerResponse,
  origin: string,
): Promise<Exchange | undefined> {
  const url = new URL(request.url ?? '/', origin);
  const { method = 'GET', headers } = request;
  const bytes = await readBody(request);
  const text = bytes?.toString('utf8');
  const json = headers['content-type']?.includes('json') === true;
  const body = text === undefined || !json ? new URLSearchParams(text) : fieldsOf(text);
  return bytes && body && { method, url, headers, body, response };
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request) {
      const bytes = Buffer.from(chunk as Uint8Array);
      length += bytes.length;
      if (length > LONGEST_BODY) return undefined;
      chunks.push(bytes);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}

function fieldsOf(text: string): URLSearchParams | undefined {
  try {
    const value: unknown = JSON.parse(text || '{}');
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return new URLSearchParams(entries.filter(([, item]) => typeof item === 'string'));
  } catch {
    return undefined;
  }
}

export function sendJson({ response }: Exchange, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(value));
}

export function sendNothing({ response }: Exchange, status: number): void {
  response.writeHead(status).end();
}

/** A page of our own making: no scripts, nothing from elsewhere, never kept. */
export function sendPage({ response }: Exchange, status: number, html: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  });
  response.end(html);
}

export function sendBack(
  { response }: Exchange,
  to: URL,
  headers: Record<string, string> = {},
): void {
  response.writeHead(303, { location: to.href, 'cache-control': 'no-store', ...headers }).end();
}
