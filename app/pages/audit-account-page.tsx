import { Mono } from '../components/mono.tsx';
import { Notice } from '../components/notice.tsx';
import { Time } from '../components/time.tsx';
import { dateText } from '../components/time-text.ts';
import { AuditFacts } from './audit-facts.tsx';
import { auditAddress, type AuditFilter, type AuditFilterErrors } from './audit-filter.ts';
import { AuditFilterForm } from './audit-filter-form.tsx';
import { AuditFrame } from './audit-frame.tsx';
import { NoEvents } from './audit-no-events.tsx';
import { Terms } from './audit-terms.tsx';
import { auditActors, auditText } from './audit-text.ts';
import { registerEntry, type HistoryFact } from './history-entry.ts';
import { TextLink } from './narrow-page.tsx';

const text = auditText.account;

/** What stands in clear of an account as it is now. */
export interface AuditedState {
  readonly accountId: string;
  readonly status: 'active' | 'closing' | 'deleted';
  /** When it opened; when it closes or was erased. */
  readonly openedAt: string | undefined;
  readonly endsAt: string | undefined;
  readonly ways: readonly { readonly name: string; readonly suspended: boolean }[];
  readonly roles: readonly string[];
}

export interface AuditAccountPageProps {
  readonly state: AuditedState;
  /** Newest first, of those that the filter lets through. */
  readonly facts: readonly HistoryFact[];
  readonly filter: AuditFilter;
  readonly errors: AuditFilterErrors;
  readonly now: string;
  readonly newest?: string | undefined;
  readonly older?: string | undefined;
}

const statusText = ({ status, endsAt = '' }: AuditedState): string =>
  status === 'active' ? text.active : text[status](dateText(endsAt));

const waysText = ({ ways }: AuditedState): string =>
  ways.map(({ name, suspended }) => (suspended ? text.suspended(name) : name)).join(', ');

const State = ({ state, now }: Pick<AuditAccountPageProps, 'state' | 'now'>) => (
  <Terms
    terms={[
      [text.id, <Mono key="id">{state.accountId}</Mono>],
      [text.status, statusText(state)],
      ...(state.openedAt
        ? [[text.opened, <Time key="at" at={state.openedAt} now={now} />] as const]
        : []),
      ...(state.status === 'deleted'
        ? []
        : [
            [text.ways, waysText(state)] as const,
            [text.roles, state.roles.join(', ') || text.noRoles] as const,
          ]),
    ]}
  />
);

const Copies = ({ path, filter }: { readonly path: string; readonly filter: AuditFilter }) => (
  <p className="flex flex-wrap items-baseline gap-x-2 text-ink-soft print:hidden">
    {text.copies}
    {(['csv', 'json'] as const).map((format) => (
      <TextLink key={format} href={auditAddress(`${path}/export`, filter, { format })}>
        {text[format]}
      </TextLink>
    ))}
  </p>
);

/** One account's history for somebody who is not its owner: sealed parts stay closed. */
export const AuditAccountPage = (page: AuditAccountPageProps) => {
  const { state, facts, filter, errors, now, newest, older } = page;
  const path = `/audit/${state.accountId}`;
  return (
    <AuditFrame current={path} heading={text.title} lead={text.lead} wide>
      <State state={state} now={now} />
      {state.status === 'deleted' && (
        <Notice tone="info">
          <p>{text.erased}</p>
        </Notice>
      )}
      <AuditFilterForm action={path} filter={filter} errors={errors} />
      <AuditFacts
        entries={facts.map((fact) => registerEntry(fact, auditActors))}
        {...{ filter, now, newest, older }}
      >
        <NoEvents reset={path} />
      </AuditFacts>
      <Copies path={path} filter={filter} />
    </AuditFrame>
  );
};
