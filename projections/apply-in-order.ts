import { faultCode, type RecordedEvent } from '../eventstore/event-store.ts';
import { sqliteCode, type SqliteDb } from '../sqlite/sqlite-driver.ts';
import { applyToLookups, liveTables } from './lookups.ts';
import { isMissingEvent } from './missing-event.ts';
import { checkpointOf, setCheckpoint, stopAt } from './read-model.ts';

/**
 * What becomes of an event that does not fit what was applied before it: 'stop' where the log's own order is known
 * to be right; 'throw' where it may only have been delivered out of turn, and comes again.
 */
export interface Handling {
  readonly surprises: 'stop' | 'throw';
  /** A second projection under the same checkpoint. */
  readonly alsoKeep?: (db: SqliteDb, event: RecordedEvent) => void;
}

/**
 * Takes events into the lookups and moves the checkpoint, in the caller's transaction: the one handler for the
 * embedded log (inline) and for a subscription. At an event it cannot apply it stops, for good until a rebuild:
 * skipping a `ProviderUnlinked` would let a removed way in sign in (F20). What was before it stays applied.
 * Throws RevisionGap and KeyOwnedTwice where `surprises` says so.
 */
export function applyInOrder(
  db: SqliteDb,
  events: readonly RecordedEvent[],
  handling: Handling,
): void {
  const checkpoint = checkpointOf(db);
  if (checkpoint === 'stopped') return;
  let position = checkpoint;
  for (const event of events) {
    if (event.position <= position) continue;
    const reason = tryApply(db, event, handling);
    if (reason !== undefined) {
      stopAt(db, event.position, reason);
      break;
    }
    position = event.position;
  }
  setCheckpoint(db, position);
}

/** Answers why the event can never be applied, or undefined when it was. Any other fault is thrown. */
function tryApply(
  db: SqliteDb,
  event: RecordedEvent,
  { surprises, alsoKeep }: Handling,
): string | undefined {
  db.exec('SAVEPOINT one_event');
  try {
    applyToLookups(db, event, liveTables);
    alsoKeep?.(db, event);
    db.exec('RELEASE one_event');
    return undefined;
  } catch (error) {
    const reason = db.inTransaction ? stopReason(error) : undefined;
    if (reason === undefined) throw error;
    if (isMissingEvent(error) && surprises === 'throw') throw error;
    db.exec('ROLLBACK TO one_event');
    db.exec('RELEASE one_event');
    return reason;
  }
}

const SQLITE_CONSTRAINT = 19;

function stopReason(error: unknown): string | undefined {
  const code = faultCode(error);
  if (code === 'poison-event' || isMissingEvent(error)) return code;
  // The tables' own second line of defence.
  return sqliteCode(error) === SQLITE_CONSTRAINT ? 'key-owned-twice' : undefined;
}
