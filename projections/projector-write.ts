import { accountIdOf } from '../domain/streams.ts';
import type { Position, RecordedEvent } from '../eventstore/event-store.ts';
import type { SqliteDb } from '../sqlite/sqlite-driver.ts';
import { lastKeptPosition } from './account-events.ts';
import { applyInOrder, type Handling } from './apply-in-order.ts';
import { noteWitness } from './checkpoint-witness.ts';
import { appliedRevision, lookupsVersion } from './lookups.ts';
import { CameLate } from './missing-event.ts';
import { keepLease } from './projector-lease.ts';
import { projectionState, setCheckpoint, type ProjectionState } from './read-model.ts';

/** Somebody else moved the checkpoint, as a rebuild does: what was about to be written is read again from there. */
export class CheckpointMoved extends Error {
  readonly code = 'checkpoint-moved';
}

/** The rows are of other handlers than this program's: it must not add to them. */
export class OtherVersion extends Error {
  readonly code = 'other-version';

  constructor() {
    super('another version of this program made the read model; this one only reads');
  }
}

/** Who writes, and what was read before. */
export interface Holder {
  readonly me: string;
  /** On this machine's clock, in milliseconds. */
  readonly now: number;
}

/** Inside every transaction of a projector, first of all. Throws LeaseLost, OtherVersion, CheckpointMoved. */
export function checkHolder(db: SqliteDb, { me, now }: Holder, checkpoint?: Position): void {
  keepLease(db, me, now);
  const { version, position } = projectionState(db);
  if (version !== lookupsVersion) throw new OtherVersion();
  if (checkpoint !== undefined && position !== checkpoint) {
    throw new CheckpointMoved(`the checkpoint is ${position}, not ${checkpoint}`);
  }
}

/**
 * Writes a batch and the checkpoint behind it, inside the caller's one transaction (F17). Events may come again (F18)
 * and in any order within the batch. Answers where the read model stands then. Throws what `checkHolder` and `applyInOrder` throw, and CameLate (F19).
 */
export function writeBatch(
  db: SqliteDb,
  events: readonly RecordedEvent[],
  { from, holder, handling }: { from: Position; holder: Holder; handling: Handling },
): ProjectionState {
  checkHolder(db, holder, from);
  const inOrder = events.toSorted((one, other) => (one.position < other.position ? -1 : 1));
  for (const event of inOrder) if (event.position <= from) checkWasApplied(db, event);
  applyInOrder(db, inOrder, handling);
  const state = projectionState(db);
  const last = inOrder.findLast(({ position }) => position === state.position);
  if (last) noteWitness(db, last);
  return state;
}

/** What stands before the checkpoint must have been applied; else the log was delivered out of turn. */
function checkWasApplied(db: SqliteDb, event: RecordedEvent): void {
  const accountId = accountIdOf(event.stream);
  if (accountId === undefined) return;
  if (event.revision > appliedRevision(db, accountId)) throw new CameLate(event);
}

/**
 * Goes back to the last event of an account that was applied, so that everything behind it comes again: the one that
 * has not come among it. What was applied stays, and comes to nothing when it comes again.
 */
export function rewindBehind(db: SqliteDb, holder: Holder, accountId: string): void {
  checkHolder(db, holder);
  const to = lastKeptPosition(db, accountId);
  if (projectionState(db).position > to) setCheckpoint(db, to);
}
