import { EmptyState } from '../components/empty-state.tsx';
import { HistoryLine } from '../components/history-line.tsx';
import { Notice } from '../components/notice.tsx';
import { Pager } from '../components/pager.tsx';
import { SettingsFrame } from '../components/settings-frame.tsx';
import { exactText } from '../components/time-text.ts';
import { entryAddress } from './entry-steps.tsx';
import { registerEntry, type HistoryEntry } from './history-entry.ts';
import { filterText, historyAddress, isNarrowed, type HistoryFilter } from './history-filter.ts';
import { HistoryFilterForm } from './history-filter-form.tsx';
import { historyText as text } from './history-text.ts';
import { HiddenNotice } from './hidden-notice.tsx';
import { LiveLine } from './live-line.tsx';
import { TextLink } from './narrow-page.tsx';

export interface HistoryPageProps {
  readonly filter: HistoryFilter;
  readonly errors?: Partial<Record<keyof HistoryFilter, string>>;
  /** False where the address names a place that no page leads to. */
  readonly placeCounts?: boolean;
  /** Nothing where the address cannot be looked for. */
  readonly part:
    | {
        /** Newest first. */
        readonly entries: readonly HistoryEntry[];
        /** The account's last revision when this was read. */
        readonly revision: number;
        /** Something is kept from view (H19). */
        readonly hidden: boolean;
        /** Looks by auditors could not be read. */
        readonly looksMissing: boolean;
      }
    | undefined;
  readonly now: string;
  /** Addresses of the first page, where this is not it, and of the one after this. */
  readonly newest?: string | undefined;
  readonly older?: string | undefined;
  /** This page's own address: where a proof leads back to. */
  readonly address?: string | undefined;
  /** Whose history it is: said on paper, where the frame is not. */
  readonly username?: string | undefined;
}

const Nothing = ({ filter }: Pick<HistoryPageProps, 'filter'>) =>
  isNarrowed(filter) ? (
    <EmptyState title={filterText.noneTitle}>
      <p>{filterText.none}</p>
      <p className="mt-1">
        <TextLink href={historyAddress({})}>{filterText.reset}</TextLink>
      </p>
    </EmptyState>
  ) : (
    <EmptyState title={text.emptyTitle}>
      <p>{text.empty}</p>
    </EmptyState>
  );

const moment = { words: text.then, address: (number: number) => entryAddress('at', number) };

const Entries = ({ part, now, newest, filter }: HistoryPageProps) => {
  if (!part) return null;
  if (part.entries.length === 0) return <Nothing filter={filter} />;
  return (
    <HistoryLine
      entries={part.entries.map((entry) => registerEntry(entry))}
      now={now}
      fromNow={newest === undefined && !isNarrowed(filter)}
      numberText={text.number}
      moment={moment}
    />
  );
};

/** The register of one account, newest first: what is shown can be narrowed, and says of itself what is missing. */
export const HistoryPage = (page: HistoryPageProps) => {
  const { now, newest, older, username, part, filter, errors, placeCounts = true } = page;
  return (
    <SettingsFrame current="/settings/history" lead={text.lead} wide>
      {username && <p className="hidden print:block">{text.printed(username, exactText(now))}</p>}
      <div className="flex flex-wrap items-start justify-between gap-x-3 print:hidden">
        <HistoryFilterForm filter={filter} errors={errors ?? {}} />
        {part && page.address !== undefined && (
          <LiveLine feed="/settings/history/feed" revision={part.revision} address={page.address} />
        )}
      </div>
      {!placeCounts && (
        <Notice tone="danger" title={filterText.errorTitle}>
          <p>
            {filterText.place} <TextLink href={historyAddress(filter)}>{text.newest}</TextLink>
          </p>
        </Notice>
      )}
      {part?.hidden && <HiddenNotice address={page.address} />}
      {part?.looksMissing && <Notice tone="info">{text.looksMissing}</Notice>}
      <Entries {...page} />
      <Pager
        newer={newest}
        older={older}
        label={text.pages}
        newerText={text.newest}
        olderText={text.older}
      />
    </SettingsFrame>
  );
};
