import type { AccountFact } from '../domain/account/account.ts';
import { decodeAccountEvent, type OpenSeal } from '../eventstore/codec.ts';
import type { RecordedEvent } from '../eventstore/event-store.ts';

/** A fact with what the log recorded beside it, for people who read the history. */
export interface HistoryEntry extends AccountFact {
  readonly recorded: RecordedEvent;
}

/** A recorded event as a fact; personal parts stay closed without `open`. Throws PoisonEvent, the vault's faults. */
export const historyEntry = (recorded: RecordedEvent, open?: OpenSeal): HistoryEntry => ({
  event: decodeAccountEvent(recorded, open),
  revision: recorded.revision,
  at: recorded.metadata.at,
  recorded,
});
