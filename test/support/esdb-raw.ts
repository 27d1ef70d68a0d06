import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, jsonEvent, type AppendExpectedRevision } from '@eventstore/db-client';

/** The client as its makers give it away, without the adapter: what it does by itself is what the adapter builds on. */
export class RawClient {
  readonly client: EventStoreDBClient;
  /** Makes the client take its classic path. */
  readonly asked: {
    readonly credentials: { readonly username: string; readonly password: string };
  };

  constructor(url: string) {
    this.client = EventStoreDBClient.connectionString(url);
    const [, username = 'x', password = 'y'] = /^[\w+]+:\/\/(\w+):(\w+)@/.exec(url) ?? [];
    this.asked = { credentials: { username, password } };
  }

  /** By the classic call, with a deadline that no test waits for. */
  append(stream: string, expectedRevision: AppendExpectedRevision, ...events: RawEvent[]) {
    const options = { ...this.asked, expectedRevision, deadline: 10_000 };
    return this.client.appendToStream(stream, events, options);
  }

  async read(stream: string, options: Parameters<EventStoreDBClient['readStream']>[1] = {}) {
    const found = [];
    for await (const { event } of this.client.readStream(stream, options)) {
      if (event) found.push(event);
    }
    return found;
  }

  async readAll(options: Parameters<EventStoreDBClient['readAll']>[0] = {}) {
    const found = [];
    for await (const { event } of this.client.readAll(options)) if (event) found.push(event);
    return found;
  }

  close(): Promise<void> {
    return this.client.dispose();
  }
}

export type RawEvent = ReturnType<typeof rawEvent>;

export const rawEvent = (
  parts: { readonly id?: string; readonly data?: Record<string, unknown> } = {},
) => jsonEvent({ id: parts.id ?? randomUUID(), type: 'Happened', data: parts.data ?? {} });

/** Waits for a rejection and hands it out. */
export const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => Promise.reject(new Error('it was fulfilled')),
    (error: unknown) => error,
  );
