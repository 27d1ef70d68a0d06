import { setTimeout as sleep } from 'node:timers/promises';
import type { Credentials } from '@eventstore/db-client';
import type { LogClient, OpenedClient } from './esdb-client.ts';
import { isNotLeader } from './esdb-faults.ts';
import { Unavailable } from './event-store.ts';

export interface CallLimits {
  /** How long a call may take, in milliseconds. */
  readonly deadlineMs: number;
  /** So many calls at once; more would wait for a log that is slower than its writers. */
  readonly mostCalls: number;
}

/** The one client of a process, and what each call over it has in common. */
export class EsdbConnection {
  readonly client: LogClient;
  /** For every call: as credentials of its own, so that the client takes its classic path; at the leader, so that a read sees every acknowledged write. */
  readonly asked: { readonly credentials: Credentials; readonly requiresLeader: true };
  /** As in the limits. */
  readonly deadlineMs: number;
  readonly #mostCalls: number;
  #calls = 0;
  #closed = false;

  constructor(opened: OpenedClient, limits: CallLimits) {
    this.client = opened.client;
    this.asked = { credentials: opened.credentials, requiresLeader: true };
    this.deadlineMs = limits.deadlineMs;
    this.#mostCalls = limits.mostCalls;
  }

  /**
   * Makes a call, and makes it again where the node named another as leader. Throws Unavailable, before
   * anything is sent, when too many wait already or the store is closed.
   */
  async call<Answer>(send: (client: LogClient) => Promise<Answer>): Promise<Answer> {
    if (this.#closed) throw new Unavailable('the store is closed');
    if (this.#calls >= this.#mostCalls) throw new Unavailable('too many calls wait for the log');
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

  /** From then on a reading that ends has not reached its end: it was broken off. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Ends what is under way, and waits for its end no longer than for a call. */
  async close(): Promise<void> {
    this.#closed = true;
    const late = sleep(this.deadlineMs, undefined, { ref: false });
    await Promise.race([this.client.dispose(), late]);
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
