import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { openEsdbEventStore, type OpenEsdbEventStore } from '../../eventstore/esdb-event-store.ts';
import {
  faultCode,
  type EventStore,
  type StreamWrite,
  type SubscribeOptions,
} from '../../eventstore/event-store.ts';
import { isCaughtUp, StreamAuthor } from './log-events.ts';

/** Reads a subscription into a list of revisions and 'level'. */
export function follow(store: EventStore, options: Omit<SubscribeOptions, 'signal'>) {
  const abort = new AbortController();
  const heard: (number | 'level')[] = [];
  const ended = (async () => {
    for await (const item of store.subscribe({ ...options, signal: abort.signal })) {
      heard.push(isCaughtUp(item) ? 'level' : item.revision);
    }
  })();
  // A broken subscription is asked for by the test that expects it.
  ended.catch(() => undefined);
  onTestFinished(() => abort.abort());
  return { heard, ended, abort };
}

/** A store on EventStoreDB that goes with the test. */
export async function opened(
  url: string,
  options: Omit<OpenEsdbEventStore, 'url'> = {},
): Promise<EventStore> {
  const store = await openEsdbEventStore({ ...options, url });
  onTestFinished(() => store.close());
  return store;
}

export const newAuthor = () => new StreamAuthor(`followed-${randomUUID()}`);
export const upTo = (count: number) => Array.from({ length: count }, (_, revision) => revision);

/** The same append again, one at a time, until its outcome is known. */
export async function settle(store: EventStore, write: StreamWrite): Promise<void> {
  for (;;) {
    const code = await store.append([write]).then(() => undefined, faultCode);
    if (code === undefined) return;
    if (code !== 'outcome-unknown') throw new Error(code);
  }
}
