import type { ReactNode } from 'react';
import { HistoryLine, type RegisterEntry } from '../components/history-line.tsx';
import { Pager } from '../components/pager.tsx';
import { isNarrowed, type AuditFilter } from './audit-filter.ts';
import { auditText } from './audit-text.ts';

export interface AuditFactsProps {
  /** Newest first, of those that the filter lets through. */
  readonly entries: readonly RegisterEntry[];
  readonly filter: AuditFilter;
  readonly now: string;
  readonly newest: string | undefined;
  readonly older: string | undefined;
  /** Stands in the place of a list that is empty. */
  readonly children: ReactNode;
}

/** What an auditor reads, and the ways to the pages before and after. */
export const AuditFacts = ({ entries, filter, now, newest, older, children }: AuditFactsProps) => (
  <>
    {entries.length === 0 ? (
      children
    ) : (
      <HistoryLine
        entries={entries}
        now={now}
        fromNow={newest === undefined && !isNarrowed(filter)}
        numberText={auditText.number}
      />
    )}
    <Pager
      newer={newest}
      older={older}
      label={auditText.pages}
      newerText={auditText.newest}
      olderText={auditText.older}
    />
  </>
);
