import type { ReactElement } from 'react';
import { AuditAccountPage } from '../../app/pages/audit-account-page.tsx';
import { noAuditFilter } from '../../app/pages/audit-filter.ts';
import { AuditNewestPage } from '../../app/pages/audit-newest-page.tsx';
import { AuditSearchPage } from '../../app/pages/audit-search-page.tsx';
import type { HistoryFact } from '../../app/pages/history-entry.ts';

const now = '2026-03-14T16:20:00.000Z';
const at = '2026-03-13T09:14:30.000Z';
const accountId = '0b077c1e-5d2f-4a41-9c3e-8f1d2a7b6c5d';
const state = { csrf: 'the-csrf-token' };
const standing = { newest: '41', position: '41', behindMs: 0, driven: true, stopped: null };
const choices = [{ value: 'email', label: 'E-mail address' }];
const none = { filter: noAuditFilter, errors: {}, now };
const errors = { kind: 'No such kind.', actor: 'Nobody.', from: 'No day.', to: 'No day.' };

const fact: HistoryFact = {
  kind: 'fact',
  eventId: '1b077c1e-5d2f-5a41-9c3e-8f1d2a7b6c5d',
  revision: 1,
  at,
  actor: 'self',
  fact: { type: 'ProfileChanged', name: { untold: 'sealed' } },
  from: null,
};
const account = {
  accountId,
  status: 'active',
  openedAt: at,
  endsAt: undefined,
  ways: [{ name: 'GitHub', suspended: true }],
  roles: ['auditor'],
} as const;
const erased = { ...account, status: 'deleted', endsAt: at, ways: [], roles: [] } as const;
const facts = [{ position: '41', accountId, fact }];

/** The auditor's pages. */
export const auditStories: Readonly<Record<string, ReactElement>> = {
  'audit, search': <AuditSearchPage state={state} choices={choices} standing={standing} />,
  'audit, search sent back': (
    <AuditSearchPage
      state={{ ...state, errors: { by: 'Choose.', value: 'Type.' } }}
      choices={choices}
      standing={{ ...standing, behindMs: null, driven: false, stopped: 'poison-event' }}
    />
  ),
  'audit, account': (
    <AuditAccountPage {...none} state={account} facts={[fact]} older="/audit/x?before=1" />
  ),
  'audit, erased account': <AuditAccountPage {...none} state={erased} facts={[]} errors={errors} />,
  'audit, newest': <AuditNewestPage {...none} facts={facts} newest="/audit/newest" />,
  'audit, newest empty': <AuditNewestPage {...none} facts={[]} />,
};
