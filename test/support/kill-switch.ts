import { OutcomeUnknown, type EventStore, type StreamWrite } from '../../eventstore/event-store.ts';
import type { ServerProcess } from './server-process.ts';

/**
 * Kills the log's server (kill -9) at the nth moment of a process's appends: before one is sent, while it is under way,
 * when it is written and its answer is on the way, after it was acknowledged. The server comes back by itself, on the log that it left.
 */
export class KillSwitch {
  /** How many moments there were. */
  moments = 0;
  /** What somebody was told is written. */
  readonly acknowledged: StreamWrite[] = [];
  readonly #server: ServerProcess;
  readonly #at: number;
  #armed = true;
  #killing: Promise<void> | undefined;

  constructor(server: ServerProcess, at: number) {
    this.#server = server;
    this.#at = at;
  }

  /** From now on nothing is killed. Resolves once a server that was killed answers again; answers whether one was. */
  async disarm(): Promise<boolean> {
    this.#armed = false;
    await this.#killing;
    return this.#killing !== undefined;
  }

  readonly wrapStore = (store: EventStore): EventStore => ({
    atomic: store.atomic,
    read: (...asked) => store.read(...asked),
    append: async (writes) => {
      await this.#moment();
      const appending = store.append(writes);
      // Whoever asked hears of it below.
      appending.catch(() => undefined);
      await this.#moment();
      const answer = await appending;
      if (await this.#moment()) throw new OutcomeUnknown('the server died before it had answered');
      this.acknowledged.push(...writes);
      await this.#moment();
      return answer;
    },
    subscribe: (options) => store.subscribe(options),
    head: () => store.head(),
    close: () => store.close(),
  });

  /** What is under way goes on as soon as the server is gone, and long before it is back. */
  async #moment(): Promise<boolean> {
    this.moments += 1;
    if (!this.#armed || this.moments !== this.#at) return false;
    const gone = this.#server.end('SIGKILL');
    this.#killing = gone.then(() => this.#server.start());
    await gone;
    return true;
  }
}
