import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { WebClient } from './web-client.ts';

/** A live feed as a browser reads it: what came so far, and whether it ended. */
export class FeedReader {
  readonly response: IncomingMessage;
  text = '';
  ended = false;

  private constructor(response: IncomingMessage) {
    this.response = response;
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => (this.text += chunk));
    response.on('close', () => (this.ended = true));
  }

  static async open(client: WebClient, path: string): Promise<FeedReader> {
    const { hostname, port } = new URL(client.origin);
    const headers = {
      host: new URL(client.origin).host,
      cookie: client.cookie,
      'user-agent': client.userAgent,
      'accept-encoding': 'gzip, br',
      accept: 'text/event-stream',
    };
    const request = httpRequest({ host: hostname, port, path, headers, agent: false });
    request.end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return new FeedReader(response);
  }

  get status(): number {
    return this.response.statusCode ?? 0;
  }

  /** What the frames say, in order; comments and the browser's own instructions left out. */
  get frames(): readonly string[] {
    return [...this.text.matchAll(/^data: (.*)$/gm)].map(([, said = '']) => said);
  }

  close(): void {
    this.response.destroy();
  }
}
