import { structureProblems } from '../sqlite/sqlite-background.ts';
import type { SqliteEventStore } from './sqlite-event-store.ts';
import { verifyLog, type LogVerification, type VerifyOptions } from './verify-log.ts';

export interface WholeCheck extends LogVerification {
  /** What SQLite finds wrong with the file itself; empty if nothing. */
  readonly structure: readonly string[];
}

/**
 * Checks structure and every chain of the embedded log while it is in use, and stops its writes on damage:
 * what is damaged must not grow. Seconds per GB; throws what `verifyLog` throws.
 */
export async function checkWholeLog(
  store: SqliteEventStore,
  options: VerifyOptions = {},
): Promise<WholeCheck> {
  const structure = await structureProblems(store.db.path);
  if (structure.length > 0) store.stopWrites('the file is damaged');
  const chains = await verifyLog(store, options);
  const [first] = chains.broken;
  if (first) store.stopWrites(`${first.stream} is broken at revision ${first.revision}`);
  return { structure, ...chains };
}
