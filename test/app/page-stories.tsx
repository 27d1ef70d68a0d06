import type { ReactElement } from 'react';
import { PageFrame } from '../../app/components/page-frame.tsx';
import { DevelopmentNote } from '../../app/pages/development-note.tsx';
import { ErrorPage } from '../../app/pages/error-page.tsx';
import { errorWords, type ErrorKind } from '../../app/pages/error-text.ts';
import type { HistoryEntry } from '../../app/pages/history-entry.ts';
import { noFilter } from '../../app/pages/history-filter.ts';
import { HistoryPage } from '../../app/pages/history-page.tsx';
import { HomePage } from '../../app/pages/home-page.tsx';
import { LandingPage } from '../../app/pages/landing-page.tsx';
import { MissingEntryPage } from '../../app/pages/missing-entry-page.tsx';
import { MomentPage } from '../../app/pages/moment-page.tsx';
import { RawEventPage } from '../../app/pages/raw-event-page.tsx';
import { LoginPage } from '../../app/pages/login-page.tsx';
import { PasswordSettingsPage } from '../../app/pages/password-settings-page.tsx';
import { ProfilePage } from '../../app/pages/profile-page.tsx';
import { ReauthPage } from '../../app/pages/reauth-page.tsx';
import { RecoverOverPage, RecoverPage } from '../../app/pages/recover-page.tsx';
import { RegisterPage } from '../../app/pages/register-page.tsx';
import { SessionsPage } from '../../app/pages/sessions-page.tsx';
import { SignedOutPage } from '../../app/pages/signed-out-page.tsx';
import { YourDataPage } from '../../app/pages/your-data-page.tsx';
import { auditStories } from './audit-stories.tsx';
import { connectionStories } from './connection-stories.tsx';
import { roundTripStories } from './round-trip-stories.tsx';

export const now = '2026-03-14T16:20:00.000Z';
export const state = { csrf: 'the-csrf-token' };
const at = '2026-03-13T09:14:30.000Z';
const device = { browser: 'Firefox', system: 'Linux', ip: '203.0.113.9' };
const way = { kind: 'password' } as const;
const person = { name: 'Ada Lovelace', username: 'ada' };
const minimum = { passwordMinLength: 12 };

export const historyEntries: readonly HistoryEntry[] = [
  { kind: 'attempt', activityId: 'a1', at: now, activity: 'sign-in-refused', way, from: device },
  {
    kind: 'fact',
    eventId: '0b077c1e-5d2f-5a41-9c3e-8f1d2a7b6c5d',
    revision: 1,
    at,
    actor: 'self',
    fact: { type: 'ProfileChanged', name: { untold: 'erased' } },
    from: 'erased',
  },
];

const part = { entries: historyEntries, revision: 1, hidden: false, looksMissing: false };
const history = { filter: noFilter, now };
const narrowed = { ...noFilter, kind: 'facts', text: 'octocat' };
const badFilter = {
  kind: 'No such kind.',
  from: 'No such day.',
  to: 'No such day.',
  text: 'Long.',
};

const fact = historyEntries[1] as HistoryEntry;
const moment = { entry: fact, revision: 1, last: 3 };
const momentRows = [
  { key: 'name', label: 'Name', then: 'Ada', before: { untold: 'hidden' as const }, now: 'Grace' },
  { key: 'password', label: 'Password', then: null, now: 'set 1 March 2026' },
  { key: 'email', label: 'E-mail address', then: 'ada@engine.example' },
];
const raw = {
  ...{ revision: 1, last: 3, id: 'an id', type: 'ProfileChanged', commitment: undefined },
  ...{ stream: 'account-1', data: '{}' },
  metadata: { at, v: 1, actor: 'self', requestId: 'request-1', chain: 'chain-1' },
};

const session = { sessionId: 's1', device, way, startedAt: at, lastSeenAt: at, current: true };
const sessions = [session, { ...session, sessionId: 's2', current: false }];
const settings = { ...minimum, state, username: 'ada', now };
const atGitHub = { kind: 'provider', name: 'GitHub', handle: 'ada' } as const;
const waysIn = [
  { id: 'password', way, addedAt: at, lastUsedAt: null },
  { id: 'identity-github', way: atGitHub, mark: 'github' as const, addedAt: at, lastUsedAt: now },
];
const sample = { name: 'Ada', identifier: 'ada', password: 'a sample password' };

const pages: Readonly<Record<string, ReactElement>> = {
  landing: <LandingPage />,
  home: (
    <HomePage
      person={{ ...person, email: null }}
      waysIn={waysIn}
      recent={historyEntries}
      now={now}
    />
  ),
  register: <RegisterPage {...minimum} state={state} once="the-once-value" />,
  login: (
    <LoginPage state={state} redirectTo="/x" development={<DevelopmentNote people={[sample]} />} />
  ),
  reauth: (
    <ReauthPage state={state} username="ada" purpose="go-on" redirectTo="/settings" hasPassword />
  ),
  recover: <RecoverPage {...minimum} state={state} username="ada" />,
  'recover, over': <RecoverOverPage />,
  profile: <ProfilePage state={state} />,
  'password, change': <PasswordSettingsPage {...settings} passwordSetAt={at} removable />,
  'password, set': <PasswordSettingsPage {...settings} passwordSetAt={null} removable={false} />,
  sessions: <SessionsPage csrf={state.csrf} sessions={sessions} now={now} />,
  history: <HistoryPage {...history} part={part} older="?before=1.2.3" />,
  'history, empty': <HistoryPage {...history} part={{ ...part, entries: [] }} />,
  'history, nothing found': (
    <HistoryPage {...history} filter={narrowed} part={{ ...part, entries: [] }} />
  ),
  'history, hidden': <HistoryPage {...history} part={{ ...part, hidden: true }} newest="?" />,
  'history, looks missing': <HistoryPage {...history} part={{ ...part, looksMissing: true }} />,
  'history, bad filter': (
    <HistoryPage {...history} part={undefined} errors={badFilter} placeCounts={false} />
  ),
  'your data': <YourDataPage csrf={state.csrf} proved={false} />,
  'your data, proved': <YourDataPage csrf={state.csrf} proved />,
  'history, a moment': <MomentPage {...moment} rows={momentRows} hidden now={now} />,
  'history, raw': <RawEventPage {...raw} />,
  'history, no such entry': <MissingEntryPage words="There are entries 0 to 3." />,
  'signed out': <SignedOutPage />,
};

const kinds = Object.keys(errorWords) as ErrorKind[];
const errors = kinds.map(
  (kind) => [`error ${kind}`, <ErrorPage key={kind} kind={kind} requestId="r1" />] as const,
);

const framed = (page: ReactElement) => (
  <PageFrame shell={{ ...state, person, theme: 'dark', path: '/settings?x=1' }}>{page}</PageFrame>
);

/** Every page that exists, in its frame, by name. */
export const pageStories: readonly (readonly [name: string, page: ReactElement])[] = [
  ...Object.entries(pages),
  ...Object.entries(auditStories),
  ...Object.entries(connectionStories),
  ...Object.entries(roundTripStories),
  ...errors,
].map(([name, page]) => [name, framed(page)] as const);
