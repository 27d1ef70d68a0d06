import { faultCode, type Position, type RecordedEvent } from '../eventstore/event-store.ts';
import { accountIdOf } from '../domain/streams.ts';

/**
 * An event does not fit what was applied before it: one of an account's events has not come. Either it is missing
 * from the log, or it is on its way, or it was delivered out of turn.
 */
export abstract class MissingEvent extends Error {
  abstract readonly code: 'revision-gap' | 'key-owned-twice' | 'came-late';
  /** Of the event that does not fit. */
  readonly position: Position;
  /** Whose event has not come. */
  readonly accountId: string;

  constructor(message: string, { position, accountId }: { position: Position; accountId: string }) {
    super(message);
    this.position = position;
    this.accountId = accountId;
  }
}

/** An event came before the one it follows: the projector waits for that and never writes ahead (F19). */
export class RevisionGap extends MissingEvent {
  readonly code = 'revision-gap';

  constructor(event: RecordedEvent, applied: number) {
    const { revision, position } = event;
    const message = `revision ${revision} came while ${applied} is the last applied`;
    super(message, { position, accountId: accountIdOf(event.stream) ?? '' });
  }
}

/** A key would have two owners: the event by which the first gave it up has not come. */
export class KeyOwnedTwice extends MissingEvent {
  readonly code = 'key-owned-twice';

  constructor(position: Position, owner: string) {
    super(`the event at ${position} gives a key a second owner`, { position, accountId: owner });
  }
}

/** An event came after others that the log holds behind it, and was not applied before. */
export class CameLate extends MissingEvent {
  readonly code = 'came-late';

  constructor({ position, stream }: RecordedEvent) {
    super(`the event at ${position} came too late`, {
      position,
      accountId: accountIdOf(stream) ?? '',
    });
  }
}

const codes = ['revision-gap', 'key-owned-twice', 'came-late'];

/** By its code, as every fault. */
export const isMissingEvent = (error: unknown): error is MissingEvent =>
  codes.includes(faultCode(error) ?? '');
