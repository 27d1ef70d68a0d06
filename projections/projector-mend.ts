import { faultCode, type Position } from '../eventstore/event-store.ts';
import { isLogDamaged } from '../eventstore/log-damaged.ts';
import type { SqliteWriter } from '../sqlite/sqlite-writer.ts';
import { positionOfSurprise } from './projector-session.ts';
import { checkHolder, rewind, type Holder } from './projector-write.ts';
import { stopAt } from './read-model.ts';

/** An event that did not fit so often, each time delivered anew, is no matter of order. */
const enough = 3;

/** Counts how often the same event did not fit. */
export class Surprises {
  #position: Position = 0n;
  #times = 0;

  note(error: unknown): void {
    const at = positionOfSurprise(error);
    if (at === undefined) return;
    this.#times = this.#position === at ? this.#times + 1 : 1;
    this.#position = at;
  }

  /** The event that is to be judged as it stands. */
  get insistOn(): Position | undefined {
    return this.#times >= enough ? this.#position : undefined;
  }
}

/**
 * Does what a fault asks for before the next subscription, which began at `start`: goes back behind an event that
 * came too late; stops at one that nobody can have written.
 */
export async function mend(
  error: unknown,
  writer: SqliteWriter,
  { start, holder }: { readonly start: Position; readonly holder: Holder },
): Promise<void> {
  if (isOutOfOrder(error)) {
    const to = error.position > start ? start : 0n;
    await writer.write((db) => rewind(db, holder, to));
  }
  if (isLogDamaged(error) && error.event) {
    const { position } = error.event;
    await writer.write((db) => {
      checkHolder(db, holder);
      stopAt(db, position, 'log-damaged');
    });
  }
}

const isOutOfOrder = (error: unknown): error is Error & { readonly position: Position } =>
  faultCode(error) === 'out-of-order';
