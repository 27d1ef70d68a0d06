import {
  Conflict,
  faultCode,
  type EventStore,
  type Position,
  type RecordedEvent,
  type StreamWrite,
} from './event-store.ts';
import { isLogDamaged, LogDamaged } from './log-damaged.ts';

/** How streams are called in the log, and how they are called above the port. */
export interface StreamNames {
  readonly stored: (given: string) => string;
  readonly given: (stored: string) => string;
  /** Is the stored stream one of ours? */
  readonly ours: (stored: string) => boolean;
}

/** Puts a prefix before every stream name and takes it off again. Chains and seals never see it. */
export const prefixNames = (prefix: string): StreamNames => ({
  stored: (given) => `${prefix}${given}`,
  given: (stored) => stored.slice(prefix.length),
  ours: (stored) => stored.startsWith(prefix),
});

/** The same event under the name it has above the port. */
export const underGivenName = <Event extends { readonly stream: string }>(
  event: Event,
  names: StreamNames,
): Event => ({
  ...event,
  stream: names.given(event.stream),
});

/**
 * A store that sees only the streams under a prefix, without it: several installations can share one log.
 * `head` stays the head of the whole log, so a subscription may be caught up before it.
 */
export function withPrefix(store: EventStore, prefix: string): EventStore {
  if (prefix === '') return store;
  const names = prefixNames(prefix);
  return {
    atomic: store.atomic,
    append: async (writes) => {
      try {
        return await store.append(writes.map((write) => underStoredName(write, names)));
      } catch (error) {
        throw conflictUnderGivenName(error, names);
      }
    },
    read: (stream, options) => renamed(store.read(names.stored(stream), options), names),
    subscribe: ({ prefixes, ...rest }) => {
      const stored = prefixes.length === 0 ? [prefix] : prefixes.map(names.stored);
      return renamed(store.subscribe({ ...rest, prefixes: stored }), names);
    },
    head: (): Promise<Position> => store.head(),
    close: () => store.close(),
  };
}

const underStoredName = (write: StreamWrite, names: StreamNames): StreamWrite => ({
  ...write,
  stream: names.stored(write.stream),
});

/** A conflict with the stream's name above the port; every other error unchanged. */
export function conflictUnderGivenName(error: unknown, names: StreamNames): unknown {
  if (!isConflict(error)) return error;
  const { stream, expected, actual } = error;
  return new Conflict({ stream: names.given(stream), expected }, actual);
}

const isConflict = (error: unknown): error is Conflict => faultCode(error) === 'conflict';

async function* renamed<Item extends object>(items: AsyncIterable<Item>, names: StreamNames) {
  try {
    for await (const item of items) yield isEvent(item) ? underGivenName(item, names) : item;
  } catch (error) {
    throw damageUnderGivenName(error, names);
  }
}

function damageUnderGivenName(error: unknown, names: StreamNames): unknown {
  if (!isLogDamaged(error) || !error.event) return error;
  return new LogDamaged(error.message, underGivenName(error.event, names), { cause: error });
}

const isEvent = (item: object): item is RecordedEvent => 'revision' in item;
