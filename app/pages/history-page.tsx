import { EmptyState } from '../components/empty-state.tsx';
import { HistoryLine } from '../components/history-line.tsx';
import { Pager } from '../components/pager.tsx';
import { SettingsFrame } from '../components/settings-frame.tsx';
import { exactText } from '../components/time-text.ts';
import { registerEntry, type HistoryEntry } from './history-entry.ts';
import { historyText as text } from './history-text.ts';

export interface HistoryPageProps {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  readonly now: string;
  /** Addresses of the pages before and after. */
  readonly newer?: string | undefined;
  readonly older?: string | undefined;
  /** Whose history it is: said on paper, where the frame is not. */
  readonly username?: string | undefined;
}

export const HistoryPage = ({ entries, now, newer, older, username }: HistoryPageProps) => (
  <SettingsFrame current="/settings/history" lead={text.lead} wide>
    {username && <p className="hidden print:block">{text.printed(username, exactText(now))}</p>}
    {entries.length === 0 ? (
      <EmptyState title={text.emptyTitle}>
        <p>{text.empty}</p>
      </EmptyState>
    ) : (
      <HistoryLine
        entries={entries.map(registerEntry)}
        now={now}
        fromNow={newer === undefined}
        numberText={text.number}
      />
    )}
    <Pager
      newer={newer}
      older={older}
      label={text.pages}
      newerText={text.newer}
      olderText={text.older}
    />
  </SettingsFrame>
);
