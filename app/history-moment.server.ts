import type { Account } from '../domain/account/account.ts';
import { evolve } from '../domain/account/evolve.ts';
import type { Viewer } from '../commands/guard.ts';
import { historyEntry } from '../commands/history-entry.ts';
import { revisionOf } from '../commands/load-account.ts';
import type { RecordedEvent } from '../eventstore/event-store.ts';
import { aspectsOf } from './history-aspects.server.ts';
import { tellerOf, type ReadingContext } from './history-reading.server.ts';
import type { HistoryEntry } from './pages/history-entry.ts';
import type { Told } from './pages/history-text.ts';
import { providerLabel } from './ways-in.server.ts';

/** One line of an account as it was: what stood there, and what stood before and stands now where that differs. */
export interface MomentRow {
  readonly key: string;
  readonly label: string;
  /** Null where it was not there. */
  readonly then: Told | null;
  /** What it was before this entry, where the entry changed it. */
  readonly before?: Told | null;
  /** What it is now, where that is something else. */
  readonly now?: Told | null;
}

export interface Moment {
  readonly entry: HistoryEntry;
  readonly revision: number;
  /** The account's last revision. */
  readonly last: number;
  readonly rows: readonly MomentRow[];
  /** Something in it is kept from view (H19). */
  readonly hidden: boolean;
}

/** No such entry: the history goes up to `last`. */
export interface NoMoment {
  readonly missing: number;
  readonly last: number;
}

/** The account as it was after one of its events, by replaying it that far. Throws the vault's faults. */
export async function accountMoment(
  context: ReadingContext,
  viewer: Viewer,
  revision: number,
): Promise<Moment | NoMoment> {
  const { accounts, loaded, open, teller } = await tellerOf(context, viewer);
  const last = revisionOf(loaded);
  if (revision > last) return { missing: revision, last };
  let [before, then]: [Account, Account] = [{ status: 'absent' }, { status: 'absent' }];
  let recorded: RecordedEvent | undefined;
  for await (recorded of accounts.events(loaded.accountId, { through: revision })) {
    [before, then] = [then, evolve(then, historyEntry(recorded, open))];
  }
  if (recorded?.revision !== revision) return { missing: revision, last };
  const labelOf = (provider: string) => providerLabel(context, provider);
  const read = (account: Account) =>
    aspectsOf(account, { labelOf, mayTell: (value) => teller.mayTell(value) });
  const rows = rowsOf(read(before), read(then), read(loaded.account));
  const entry = await teller.tell({ source: 'facts', recorded });
  return { entry, revision, last, rows, hidden: teller.hid };
}

type Aspects = ReturnType<typeof aspectsOf>;

function rowsOf(before: Aspects, then: Aspects, now: Aspects): readonly MomentRow[] {
  const keys = new Set([...then.keys(), ...before.keys(), ...now.keys()]);
  return [...keys].map((key) => {
    const [was, stood, is] = [before.get(key), then.get(key), now.get(key)];
    return {
      key,
      label: (stood ?? was ?? is)?.label ?? key,
      then: stood?.told ?? null,
      ...(was?.is !== stood?.is && { before: was?.told ?? null }),
      ...(is?.is !== stood?.is && { now: is?.told ?? null }),
    };
  });
}
