import { amountText } from '../components/time-text.ts';
import type { ActorWords } from './history-text.ts';

/** The auditor's pages, in the order of their list. */
export const auditPages = [
  { path: '/audit', name: 'Search' },
  { path: '/audit/newest', name: 'Newest events' },
] as const;

/** Who did something, told to somebody who is not its owner. */
export const auditActors: ActorWords = {
  self: 'by its owner',
  operator: 'by whoever runs this place',
  system: 'by Latchkey itself',
  provider: 'by the other side',
  auditor: 'by an auditor',
};

const seconds = (ms: number): string => amountText(Math.max(1, Math.ceil(ms / 1_000)), 'second');

export const auditText = {
  navigation: 'Audit',
  pages: 'More events',
  newest: 'Newest',
  older: 'Older',
  number: (number: number) => `Entry ${number}`,
  noneTitle: 'Nothing matches',
  none: 'No event here is like that. Take a choice or a day away.',
  reset: 'Show everything',
  error: 'This cannot be looked for. Change what is marked.',
  search: {
    title: 'Find an account',
    lead: 'By the whole of what it is known by, spelt as its owner would. What you look for and what you open is written down first, and the owner reads that somebody looked.',
    by: 'Search by',
    value: 'What to look for',
    submit: 'Search',
    kinds: { email: 'E-mail address', username: 'Username', account: 'Account id' },
    identity: (label: string) => `${label} id`,
    hint: 'For GitHub, Google and the like: the id that it calls the person by, not the name.',
    nobody: 'No account has exactly that now. An erased account is found by its id alone.',
    waited: 'Thank you. Nothing was looked for yet: press Search again.',
    errors: {
      by: 'Choose what to search by.',
      value: 'Type what to look for, at most 255 characters.',
      account: 'Type a whole account id, like 0b077c1e-5d2f-4a41-9c3e-8f1d2a7b6c5d.',
    },
  },
  standing: {
    title: 'Where the lookups stand',
    newest: 'Newest event of the log',
    lookups: 'Lookups have taken',
    lag: 'Lag',
    driven: 'Brought up to date by',
    position: (position: string) => `position ${position}`,
    level: 'none',
    behind: (ms: number) => seconds(ms),
    never: 'not whole yet',
    somebody: 'a running process',
    nobody: 'nobody at the moment',
    stopped: (reason: string) => `The lookups stand still: ${reason}. An operator has to look.`,
  },
  account: {
    title: 'An account',
    lead: 'What happened, without what is personal: that stays sealed, here and in copies. That you look is written down.',
    id: 'Account id',
    status: 'State',
    active: 'open',
    closing: (day: string) => `closing, erased on ${day}`,
    deleted: (day: string) => `erased on ${day}`,
    opened: 'Opened',
    ways: 'Ways in',
    suspended: (way: string) => `${way} (rests)`,
    password: 'a password',
    roles: 'Roles',
    noRoles: 'none',
    erased:
      'This account is erased. What was personal can never be read again; that it happened stays.',
    copies: 'Take a copy of what stands here:',
    csv: 'as CSV',
    json: 'as JSON',
  },
  events: {
    title: 'Newest events',
    lead: 'Of all accounts, without what is personal. That you watch is written down; that you open an account is told to its owner.',
    account: (accountId: string) => `account ${accountId}`,
    emptyTitle: 'Nothing has happened yet',
    empty: 'As soon as somebody opens an account, it stands here.',
    asOf: (when: string) => `As this machine knows it: ${when} behind.`,
  },
} as const;
