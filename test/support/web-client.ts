import { once } from 'node:events';
import {
  request as httpRequest,
  type Agent,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http';
import { formsIn, messagesIn, refusalIn, textIn, type HtmlForm } from './html-forms.ts';

export type Fields = Readonly<Record<string, string>>;

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
  /** Ends it before there is an answer. */
  readonly signal?: AbortSignal;
}

/** An answer as it came, and what is read in it. */
export class Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly html: string;

  constructor(status: number, headers: IncomingHttpHeaders, html: string) {
    this.status = status;
    this.headers = headers;
    this.html = html;
  }

  get location(): string | undefined {
    return this.headers.location;
  }

  get setCookies(): readonly string[] {
    return this.headers['set-cookie'] ?? [];
  }

  get text(): string {
    return textIn(this.html);
  }

  get messages(): Fields {
    return messagesIn(this.html);
  }

  get refusal(): string | undefined {
    return refusalIn(this.html);
  }

  /** The form of the page that holds a field of this name. Throws where there is none. */
  form(holding: string): HtmlForm {
    const found = formsIn(this.html).find(({ fields }) => holding in fields);
    if (!found) throw new Error(`no form with ${holding} in: ${this.status} ${this.text}`);
    return found;
  }
}

/** A browser without scripts: keeps cookies, reads forms, follows nothing by itself. */
export class WebClient {
  readonly origin: string;
  readonly jar = new Map<string, string>();
  /** Sent with every request, as `User-Agent`. */
  userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

  /** Whose connections it uses; without one every request has a connection of its own. */
  agent: Agent | false = false;

  readonly #address: URL;

  /** `address` is where the server listens, if that is not its public origin. */
  constructor(origin: string, address = origin) {
    this.origin = origin;
    this.#address = new URL(address);
  }

  /** Sends the path as it stands. A `cookie` header given here replaces the jar's. */
  async ask(path: string, asked: Asked = {}): Promise<Answer> {
    const { method = 'GET', headers = {}, body, signal } = asked;
    const { hostname, port } = this.#address;
    const { host } = new URL(this.origin);
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const cookie = this.cookie === '' ? {} : { cookie: this.cookie };
    const request = httpRequest({
      host: hostname,
      port,
      path,
      method,
      headers: { host, 'user-agent': this.userAgent, ...cookie, ...length, ...headers },
      agent: this.agent,
      ...(signal && { signal }),
    });
    request.end(body);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const html = Buffer.concat(chunks).toString('utf8');
    const answer = new Answer(response.statusCode ?? 0, response.headers, html);
    this.#keep(answer.setCookies);
    return answer;
  }

  get(path: string): Promise<Answer> {
    return this.ask(path);
  }

  /** Posts a form as one of our own pages does. */
  post(path: string, fields: Fields, headers: Asked['headers'] = {}): Promise<Answer> {
    const type = 'application/x-www-form-urlencoded';
    return this.ask(path, {
      method: 'POST',
      headers: { origin: this.origin, 'content-type': type, ...headers },
      body: new URLSearchParams(fields).toString(),
    });
  }

  /** The form of a page, filled in: what it holds already, and what is typed. */
  async fill(path: string, typed: Fields, holding = Object.keys(typed)[0] ?? ''): Promise<Fields> {
    const { fields } = (await this.get(path)).form(holding);
    return { ...fields, ...typed };
  }

  /** Opens a page, types into its form and sends it. */
  async submit(path: string, typed: Fields, holding?: string): Promise<Answer> {
    return this.post(path.split('?')[0] ?? path, await this.fill(path, typed, holding));
  }

  get cookie(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
      if (/;\s*max-age=0/i.test(line)) this.jar.delete(name);
      else this.jar.set(name, value);
    }
  }
}
