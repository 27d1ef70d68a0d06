import type { EventStore } from '../eventstore/event-store.ts';

/** How often a log was asked, and in which order: `a` for an append, `r` for a read. */
export interface Calls {
  order: string;
}

/** The same store, and a count of what is asked of it. On EventStoreDB each is one call to the server. */
export function countedStore(store: EventStore): { store: EventStore; calls: Calls } {
  const calls: Calls = { order: '' };
  const counted: EventStore = {
    atomic: store.atomic,
    read: (stream, options) => {
      calls.order += 'r';
      return store.read(stream, options);
    },
    append: (writes) => {
      calls.order += 'a';
      return store.append(writes);
    },
    subscribe: (options) => store.subscribe(options),
    head: () => store.head(),
    close: () => store.close(),
  };
  return { store: counted, calls };
}
