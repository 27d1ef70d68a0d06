import {
  faultCode,
  type EventStore,
  type ReadOptions,
  type RecordedEvent,
} from '../eventstore/event-store.ts';

/** The copy of a stream's events from a revision on; undefined where nobody copied it. */
export type Copy = (stream: string, from: number) => readonly RecordedEvent[] | undefined;

/**
 * For pages that only show: the log, and while it cannot be reached the copy of what it held. What nobody copied is
 * as unavailable as before. Whatever writes reads the log itself.
 */
export const withCopy = (
  store: Pick<EventStore, 'read'>,
  copy: Copy,
): Pick<EventStore, 'read'> => ({
  async *read(stream: string, options: ReadOptions = {}): AsyncGenerator<RecordedEvent> {
    let next = options.from ?? 0;
    let left = options.max ?? Number.MAX_SAFE_INTEGER;
    try {
      for await (const event of store.read(stream, options)) {
        next = event.revision + 1;
        left -= 1;
        yield event;
      }
      return;
    } catch (error) {
      if (faultCode(error) !== 'unavailable' || options.backwards === true) throw error;
      const copied = copy(stream, next);
      if (copied === undefined) throw error;
      yield* copied.slice(0, left);
    }
  },
});
