import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';

export interface Sent {
  readonly method?: 'GET' | 'POST';
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** As browsers do it: connections stay open, and are everybody's. */
const agent = new Agent({ keepAlive: true });

/** One person's browser at one site: keeps cookies, follows nothing by itself. */
export class Browser {
  readonly #origin: string;
  readonly #port: string;
  readonly #host: string;
  readonly #cookies: Map<string, string>;

  /** At a port of this machine. */
  constructor(address: string, cookies: Iterable<readonly [string, string]> = []) {
    const { port } = new URL(address);
    this.#host = `localhost:${port}`;
    this.#origin = `http://${this.#host}`;
    this.#port = port;
    this.#cookies = new Map(cookies);
  }

  /** Whether the browser had it; it has it no more: what was a session is over. */
  forget(cookie: string): boolean {
    return this.#cookies.delete(cookie);
  }

  async ask(path: string, { method = 'GET', body, headers = {} }: Sent = {}): Promise<Answered> {
    const { promise, resolve, reject } = Promise.withResolvers<Answered>();
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const sent = {
      host: this.#host,
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) bench',
      ...(cookie !== '' && { cookie }),
      ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
      ...(method === 'POST' && { origin: this.#origin }),
      ...headers,
    };
    const options = { host: '127.0.0.1', port: this.#port, path, method, headers: sent, agent };
    const request = httpRequest(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        this.#keep(response.headers['set-cookie'] ?? []);
        const { statusCode: status = 0, headers: got } = response;
        resolve({ status, headers: got, text: Buffer.concat(chunks).toString('utf8') });
      });
    });
    request.once('error', reject);
    request.end(body);
    return promise;
  }

  get(path: string): Promise<Answered> {
    return this.ask(path);
  }

  submit(path: string, fields: Readonly<Record<string, string>>): Promise<Answered> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return this.ask(path, { method: 'POST', body: String(new URLSearchParams(fields)), headers });
  }

  postJson(path: string, content: unknown): Promise<Answered> {
    const headers = { 'content-type': 'application/json' };
    return this.ask(path, { method: 'POST', body: JSON.stringify(content), headers });
  }

  #keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
      if (/;\s*max-age=0/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }
}

/** The path an answer leads to. Throws where it leads nowhere. */
export function pathOf({ headers, status, text }: Answered): string {
  const { location } = headers;
  if (location === undefined) throw new Error(`${status} leads nowhere: ${text.slice(0, 200)}`);
  const { pathname, search } = new URL(location, 'http://localhost');
  return pathname + search;
}
