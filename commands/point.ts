import type { RecordedEvent } from '../eventstore/event-store.ts';

/** How far something is replayed: up to a place, or up to a time. */
export type Point =
  | { readonly kind: 'all' }
  /** A revision in one stream, a position in the whole log; the event there is the last. */
  | { readonly kind: 'place'; readonly place: bigint }
  /** The last event before the first one that is younger: order is by place, clocks may be wrong (F22). */
  | { readonly kind: 'time'; readonly at: Date };

/** What somebody typed; undefined for what is neither a number nor a time. */
export function readPoint(text: string | undefined): Point | undefined {
  if (text === undefined) return { kind: 'all' };
  if (/^\d+$/.test(text)) return { kind: 'place', place: BigInt(text) };
  const at = new Date(text);
  return /^\d{4}-/.test(text) && !Number.isNaN(at.getTime()) ? { kind: 'time', at } : undefined;
}

/** Does the event stand beyond the point? */
export function isBeyond(
  point: Point,
  { metadata }: Pick<RecordedEvent, 'metadata'>,
  place: bigint,
): boolean {
  if (point.kind === 'place') return place > point.place;
  return point.kind === 'time' && new Date(metadata.at) > point.at;
}
