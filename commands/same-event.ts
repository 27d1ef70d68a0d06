import type { RecordedEvent } from '../eventstore/event-store.ts';

/** Is it the same event at the same place of its stream, byte for byte? Where it stands in the log is the log's own. */
export const isSameEvent = (one: RecordedEvent, other: RecordedEvent): boolean =>
  one.stream === other.stream &&
  one.revision === other.revision &&
  one.id === other.id &&
  one.type === other.type &&
  JSON.stringify(one.data) === JSON.stringify(other.data) &&
  JSON.stringify(one.metadata) === JSON.stringify(other.metadata);
