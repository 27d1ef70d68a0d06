import { readsHistoryProved, type Viewer } from '../commands/guard.ts';
import { revisionOf } from '../commands/load-account.ts';
import type { AppContext } from './context.ts';
import { mayPass, passes, type AskedHistory } from './history-filter.server.ts';
import { MergedHistory } from './history-merge.server.ts';
import {
  newestAttempts,
  newestFacts,
  newestLooks,
  type Found,
  type Places,
} from './history-sources.server.ts';
import { HistoryTeller } from './history-teller.server.ts';
import { entryWords, type HistoryEntry } from './pages/history-entry.ts';
import { providerLabel } from './ways-in.server.ts';

/** What reading a history asks of a request. */
export interface ReadingContext {
  readonly services: Pick<AppContext['services'], 'deps' | 'shownAccounts'>;
  readonly settings: Pick<AppContext['settings'], 'providers'>;
  readonly at: Date;
}

/** Some entries of a history, newest first. */
export interface HistoryPart {
  readonly entries: readonly HistoryEntry[];
  /** Where the rest begins; undefined where nothing is left. */
  readonly rest: Places | undefined;
  /** The account's last revision when this was read. */
  readonly revision: number;
  /** Something in it is kept from view (H19). */
  readonly hidden: boolean;
  /** The log is away, and looks by auditors with it. */
  readonly looksMissing: boolean;
}

/** What opens the facts of a viewer's own account, and what it has now. Throws `key-missing`. */
export async function tellerOf(context: ReadingContext, { session }: Viewer) {
  const { shownAccounts: accounts } = context.services;
  const loaded = await accounts.loadOpened(session.accountId);
  const open = await accounts.opener(loaded);
  const teller = new HistoryTeller({
    accounts,
    loaded,
    open,
    labelOf: (provider) => providerLabel(context, provider),
    proved: readsHistoryProved(session, context.at),
  });
  return { accounts, loaded, open, teller };
}

/**
 * The newest `max` entries that the filter lets through, behind the places asked for. What it costs does not grow with
 * the history; a filter reads on until the page is full, and only words make it open what it reads.
 */
export async function readHistory(
  context: ReadingContext,
  viewer: Viewer,
  { filter, places, max }: Pick<AskedHistory, 'filter' | 'places'> & { readonly max: number },
): Promise<HistoryPart> {
  const { accounts, loaded, teller } = await tellerOf(context, viewer);
  const { vault, store } = context.services.deps;
  const { accountId } = loaded;
  let looksMissing = false;
  const missed = () => (looksMissing = true);
  const looks = { accountId, before: places.looks };
  const read = (source: Found['source'], list: AsyncIterator<Found>) =>
    mayPass(source, filter) ? list : nothing();
  const merged = new MergedHistory(
    {
      facts: read('facts', newestFacts(accounts, loaded, places.facts)),
      attempts: read('attempts', newestAttempts(vault.activity, accountId, places.attempts)),
      looks: read('looks', newestLooks(store, looks, missed)),
    },
    places,
  );
  const words = filter.text.trim().toLowerCase();
  const entries: HistoryEntry[] = [];
  let rest = merged.places;
  for (let found = await merged.next(); found; found = await merged.next()) {
    const told = passes(found, filter) ? await teller.tell(found) : undefined;
    if (!told || !entryWords(told).toLowerCase().includes(words)) continue;
    if (entries.length === max) return part(rest);
    entries.push(told);
    rest = merged.places;
  }
  return part(undefined);

  function part(behind: Places | undefined): HistoryPart {
    const { hid: hidden } = teller;
    return { entries, rest: behind, revision: revisionOf(loaded), hidden, looksMissing };
  }
}

async function* nothing(): AsyncGenerator<Found> {
  // A list that cannot hold what is asked for.
}
