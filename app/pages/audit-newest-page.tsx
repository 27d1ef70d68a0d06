import { EmptyState } from '../components/empty-state.tsx';
import type { RegisterEntry } from '../components/history-line.tsx';
import { AuditFacts } from './audit-facts.tsx';
import {
  auditAddress,
  isNarrowed,
  type AuditFilter,
  type AuditFilterErrors,
} from './audit-filter.ts';
import { AuditFilterForm } from './audit-filter-form.tsx';
import { AuditFrame } from './audit-frame.tsx';
import { NoEvents } from './audit-no-events.tsx';
import { auditActors, auditText } from './audit-text.ts';
import { registerEntry, type HistoryFact } from './history-entry.ts';
import { LiveLine } from './live-line.tsx';

const text = auditText.events;

/** A fact of some account; the position is its own in the whole log. */
export interface NewestFact {
  readonly position: string;
  readonly accountId: string;
  readonly fact: HistoryFact;
}

export interface AuditNewestPageProps {
  /** Newest first. */
  readonly facts: readonly NewestFact[];
  readonly filter: AuditFilter;
  readonly errors: AuditFilterErrors;
  readonly now: string;
  /** Where the newest event of all stands, on the page that follows. */
  readonly level?: string | undefined;
  readonly newest?: string | undefined;
  readonly older?: string | undefined;
}

const path = '/audit/newest';

const entryOf = ({ position, accountId, fact }: NewestFact): RegisterEntry => ({
  ...registerEntry(fact, auditActors),
  id: `event-${position}`,
  about: { href: `/audit/${accountId}`, text: text.account(accountId) },
});

/** What happened last, over all accounts: who follows an account leaves a look there. */
export const AuditNewestPage = (page: AuditNewestPageProps) => {
  const { facts, filter, errors, now, level, newest, older } = page;
  return (
    <AuditFrame current={path} heading={text.title} lead={text.lead} wide>
      <AuditFilterForm action={path} filter={filter} errors={errors} />
      {level !== undefined && (
        <LiveLine feed="/audit/feed" revision={level} address={auditAddress(path, filter)} />
      )}
      <AuditFacts entries={facts.map(entryOf)} {...{ filter, now, newest, older }}>
        {isNarrowed(filter) || newest ? (
          <NoEvents reset={path} />
        ) : (
          <EmptyState title={text.emptyTitle}>
            <p>{text.empty}</p>
          </EmptyState>
        )}
      </AuditFacts>
    </AuditFrame>
  );
};
