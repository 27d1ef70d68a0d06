import type { Credentials } from '@eventstore/db-client';
import type { LogClient } from './esdb-client.ts';
import { isNotLeader } from './esdb-faults.ts';
import { Unavailable } from './event-store.ts';

/** More calls than this at once wait for nothing good: the log is slower than its writers. */
const mostCalls = 512;

/** The one client of a process, and what each call over it has in common. */
export class EsdbConnection {
  readonly client: LogClient;
  /** For every call: as credentials of its own, so that the client takes its classic path; at the leader, so that a read sees every acknowledged write. */
  readonly asked: { readonly credentials: Credentials; readonly requiresLeader: true };
  /** How long a call may take, in milliseconds. */
  readonly deadlineMs: number;
  #calls = 0;
  #closed = false;

  constructor(opened: { client: LogClient; credentials: Credentials }, deadlineMs: number) {
    this.client = opened.client;
    this.asked = { credentials: opened.credentials, requiresLeader: true };
    this.deadlineMs = deadlineMs;
  }

  /**
   * Makes a call, and makes it again where the node named another as leader. Throws Unavailable, before
   * anything is sent, when too many wait already or the store is closed.
   */
  async call<Answer>(send: (client: LogClient) => Promise<Answer>): Promise<Answer> {
    if (this.#closed) throw new Unavailable('the store is closed');
    if (this.#calls >= mostCalls) throw new Unavailable('too many calls wait for the log');
    this.#calls += 1;
    try {
      return await this.#atLeader(send);
    } finally {
      this.#calls -= 1;
    }
  }

  async #atLeader<Answer>(send: (client: LogClient) => Promise<Answer>): Promise<Answer> {
    try {
      return await send(this.client);
    } catch (error) {
      if (!isNotLeader(error)) throw error;
      return send(this.client);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.client.dispose();
  }
}

/** The promise, or `fault` after so many milliseconds. What the promise does later is nobody's concern. */
export async function within<Value>(
  ms: number,
  promise: Promise<Value>,
  fault: () => Error,
): Promise<Value> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(fault()), ms);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
