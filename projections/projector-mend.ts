import { accountStream } from '../domain/streams.ts';
import type { EventStore, Position } from '../eventstore/event-store.ts';
import { isLogDamaged } from '../eventstore/log-damaged.ts';
import { appliedRevision } from './lookups.ts';
import { isMissingEvent, type MissingEvent } from './missing-event.ts';
import { checkHolder, rewindBehind, type Holder } from './projector-write.ts';
import type { ReadModelFile } from './read-model-file.ts';
import { stopAt } from './read-model.ts';

/**
 * Does what a fault asks for before the next subscription: goes back behind an event that has not come; stops at one
 * that can never be applied. Throws Unavailable.
 */
export async function mend(
  error: unknown,
  { store, model }: { readonly store: Pick<EventStore, 'read'>; readonly model: ReadModelFile },
  holder: Holder,
): Promise<void> {
  if (isLogDamaged(error) && error.event) {
    return stop({ model, holder }, error.event.position, error.code);
  }
  if (!isMissingEvent(error)) return;
  const never = error.code === 'key-owned-twice' && !(await isToCome(store, model, error));
  if (never) return stop({ model, holder }, error.position, error.code);
  await model.writer.write((db) => rewindBehind(db, holder, error.accountId));
}

/** Does the log hold an event of the account, before the one that does not fit, that was not applied? */
async function isToCome(
  store: Pick<EventStore, 'read'>,
  { db }: ReadModelFile,
  { accountId, position }: MissingEvent,
): Promise<boolean> {
  const from = appliedRevision(db, accountId) + 1;
  for await (const event of store.read(accountStream(accountId), { from, max: 1 })) {
    return event.position < position;
  }
  return false;
}

const stop = (
  { model, holder }: { readonly model: ReadModelFile; readonly holder: Holder },
  position: Position,
  reason: string,
): Promise<void> =>
  model.writer.write((db) => {
    checkHolder(db, holder);
    stopAt(db, position, reason);
  });
