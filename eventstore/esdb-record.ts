import { z } from 'zod';
import { actors, type JsonObject, type Position, type RecordedEvent } from './event-store.ts';
import { LogDamaged } from './log-damaged.ts';

/** An event as the client hands it out; only what we look at. */
export interface ServerRecord {
  readonly streamId: string;
  readonly id: string;
  readonly revision: bigint;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: unknown;
  readonly metadata?: unknown;
  readonly position?: { readonly commit: bigint; readonly prepare: bigint } | undefined;
}

const metadataParts = z.object({
  at: z.string(),
  v: z.int(),
  actor: z.enum(actors),
  requestId: z.string(),
  chain: z.string(),
});

/** Ours is what neither the server nor an operator's tools write. */
export const isSystemStream = (stream: string): boolean => stream.startsWith('$');

/**
 * An event of ours as the port shows it. Throws LogDamaged for one that this program cannot have written: not
 * JSON, or without our metadata.
 */
export function recordedEvent(record: ServerRecord): RecordedEvent {
  const { streamId: stream, id, type, data } = record;
  const position = positionOf(record);
  const revision = Number(record.revision);
  const metadata = metadataParts.safeParse(record.metadata);
  if (!record.isJson || !isObject(data) || !metadata.success) {
    throw new LogDamaged(`an event was not written by this program (position ${position})`, {
      stream,
      revision,
      position,
    });
  }
  return { stream, revision, id, type, data, metadata: metadata.data, position };
}

/** JSON that was parsed a moment ago: an object among it holds only JSON. */
const isObject = (data: unknown): data is JsonObject =>
  typeof data === 'object' && data !== null && !Array.isArray(data);

/**
 * Where an event stands in `$all`. One number says it, because commit and prepare position are the same for
 * everything written since the server gave up explicit transactions; an event for which they differ is refused.
 */
export function positionOf({ position, streamId, revision }: ServerRecord): Position {
  if (position && position.commit === position.prepare) return position.commit;
  const place = { stream: streamId, revision: Number(revision), position: position?.commit ?? 0n };
  throw new LogDamaged(
    'an event has no single position: it was written in an explicit transaction, or the server is too old',
    place,
  );
}

/** A position as the server takes it. */
export const serverPosition = (position: Position) => ({ commit: position, prepare: position });
