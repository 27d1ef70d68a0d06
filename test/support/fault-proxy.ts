import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Http2Frames } from './http2-frames.ts';

/** What happens to what goes through: 'request' and 'answer' are cut off, connection and all, where the next one begins. */
type Fault = 'none' | 'silence' | 'request' | 'answer';

/** A loopback proxy before an HTTP/2 server that does wrong what networks do wrong. */
export class FaultProxy {
  readonly #target: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #frozen = new WeakSet<Socket>();
  #fault: Fault = 'none';
  /** Before each piece is handed on, in milliseconds. */
  delayMs = 0;
  port = 0;

  constructor(target: number) {
    this.#target = target;
    this.#server = createServer((client) => this.#join(client));
  }

  static async before(target: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    await proxy.#listen();
    return proxy;
  }

  async #listen(): Promise<void> {
    this.#server.listen(this.port, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (typeof address === 'object' && address) this.port = address.port;
  }

  #join(client: Socket): void {
    const server = connect(this.#target, '127.0.0.1');
    this.#pass(client, server, new Http2Frames('client'));
    this.#pass(server, client, new Http2Frames('server'));
  }

  #pass(from: Socket, to: Socket, frames: Http2Frames): void {
    this.#sockets.add(from);
    from.setNoDelay();
    const cutAt = frames.side === 'client' ? 'request' : 'answer';
    from.on('data', (chunk: Buffer) => {
      const begins = frames.beginsMessage(chunk);
      if (begins && this.#fault === cutAt) return this.cut();
      if (this.#fault === 'silence') this.#frozen.add(from).add(to);
      if (!this.#frozen.has(from)) this.#handOn(chunk, to);
    });
    from.on('error', () => to.destroy());
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
  }

  #handOn(chunk: Buffer, to: Socket): void {
    if (this.delayMs === 0) return void to.write(chunk);
    void sleep(this.delayMs).then(() => to.write(chunk));
  }

  /** Resets every connection. */
  cut(): void {
    this.#fault = 'none';
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  /** Lets the next request through, and cuts where its answer begins. */
  loseNextAnswer(): void {
    this.#fault = 'answer';
  }

  /** Cuts where the next request begins. */
  loseNextRequest(): void {
    this.#fault = 'request';
  }

  /** Connections stand and can be made, and nothing arrives over them. */
  silence(): void {
    this.#fault = 'silence';
  }

  /** Nothing arrives any more over the connections of now; new ones work. */
  freeze(): void {
    for (const socket of this.#sockets) this.#frozen.add(socket);
  }

  /** Nobody listens, and no connection is left. */
  async refuse(): Promise<void> {
    this.#server.close();
    this.cut();
    await once(this.#server, 'close');
  }

  async heal(): Promise<void> {
    this.delayMs = 0;
    for (const socket of this.#sockets) if (this.#frozen.has(socket)) socket.resetAndDestroy();
    this.#fault = 'none';
    if (!this.#server.listening) await this.#listen();
  }

  async close(): Promise<void> {
    if (this.#server.listening) await this.refuse();
  }
}
