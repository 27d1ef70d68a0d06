import { streamCategory } from '../domain/streams.ts';
import type { Position, RecordedEvent } from '../eventstore/event-store.ts';
import { historyEntry, type HistoryEntry } from './history-entry.ts';
import type { OpenedLog } from './opened-log.ts';
import type { RecordedView } from './view-newest-events.ts';

export interface NewestEvents {
  readonly events: readonly HistoryEntry[];
  /** Where the page after this one begins; undefined where nothing is left. */
  readonly before: Position | undefined;
}

export interface NewestEventsAsked {
  readonly before?: Position | undefined;
  readonly most: number;
  readonly wanted: (event: RecordedEvent) => boolean;
}

type Log = Pick<OpenedLog, 'newestFirst'>;

/** So many events are looked through for one page: what is seldom may take a few pages to find. */
const mostLookedThrough = 5_000;
/** No log grows so long. */
const beyondEverything = 2n ** 62n;

/**
 * The newest events of all accounts, sealed parts closed, for a view that is written down. Throws Unavailable,
 * PoisonEvent.
 */
export async function newestEvents(
  log: Log,
  _view: RecordedView,
  asked: NewestEventsAsked,
): Promise<NewestEvents> {
  const found: HistoryEntry[] = [];
  let lookedThrough = 0;
  let before = asked.before ?? beyondEverything;
  while (lookedThrough < mostLookedThrough) {
    const stretch = await log.newestFirst(before);
    for (const recorded of stretch.events) {
      lookedThrough += 1;
      if (streamCategory(recorded.stream) !== 'account' || !asked.wanted(recorded)) continue;
      if (found.length === asked.most)
        return { events: found, before: found.at(-1)?.recorded.position };
      found.push(historyEntry(recorded));
    }
    if (stretch.before === undefined) return { events: found, before: undefined };
    before = stretch.before;
  }
  return { events: found, before };
}

/** Where the newest event of any account stands; 0n for none nearby. What a page that follows compares with. */
export async function newestAccountPosition(log: Log): Promise<Position> {
  const { events } = await log.newestFirst(beyondEverything);
  return events.find(({ stream }) => streamCategory(stream) === 'account')?.position ?? 0n;
}
