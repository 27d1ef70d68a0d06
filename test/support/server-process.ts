import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RawClient } from './esdb-raw.ts';
import { freePort } from './free-port.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

/** A program that serves a log on a loopback port from a directory: called with both, in this order. */
export type ServerCommand = readonly string[];

const peer: ServerCommand = [process.execPath, join(import.meta.dirname, 'esdb-peer/peer-main.ts')];
const real = process.env['EVENTSTORE_START'];

/** What can be killed here: the peer, and a real server where `EVENTSTORE_START` names a command for it. */
export const serverCommands: readonly (readonly [string, ServerCommand])[] = [
  ['protocol peer', peer],
  ...(real ? [['real server', [real]] as const] : []),
];

/** A server in a process of its own, with a log that outlives it. */
export class ServerProcess {
  readonly port: number;
  readonly #command: ServerCommand;
  readonly #directory = makeTemporaryDirectory();
  #process: ChildProcess | undefined;

  private constructor(command: ServerCommand, port: number) {
    this.#command = command;
    this.port = port;
  }

  static async start(command: ServerCommand): Promise<ServerProcess> {
    const server = new ServerProcess(command, await freePort());
    await server.start();
    return server;
  }

  get url(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false`;
  }

  /** Starts it again on its log and waits until it answers. */
  async start(): Promise<void> {
    const [program = '', ...words] = this.#command;
    const child = spawn(program, [...words, String(this.port), this.#directory], {
      stdio: 'ignore',
    });
    this.#process = child;
    await this.#answers(child);
  }

  async #answers(child: ChildProcess): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
      const raw = new RawClient(this.url);
      try {
        // A server that has just opened its port may not be ready to write.
        await raw.append(`$started-${child.pid ?? 0}`, 'any');
        return;
      } catch (error) {
        if (tries > 600) throw error;
        await sleep(50);
      } finally {
        await raw.close();
      }
    }
  }

  signal(signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): void {
    this.#process?.kill(signal);
  }

  /** Ends it and waits until it is gone. */
  async end(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  /** Ends it and removes its log. */
  async remove(): Promise<void> {
    await this.end();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
