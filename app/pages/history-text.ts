import type { AccountEventType } from '../../domain/account/events.ts';
import { dateText } from '../components/time-text.ts';
import { hiddenText, isolate, wayText, type Way } from './device-text.ts';

/**
 * What a sentence tells of a person: the words, or why they are not told. `erased`: for good; `sealed`: this reader does
 * not open it; `hidden`: until the reader proves who they are (H19).
 */
export type Told = string | { readonly untold: 'erased' | 'sealed' | 'hidden' };

interface FactDetails {
  UserRegistered: { way: Way };
  ProviderLinked: { way: Way };
  ProviderUnlinked: { way: Way; reason: 'asked' | 'moved' | 'provider' };
  MethodSuspended: { way: Way; reason: 'recovery' | 'provider' };
  MethodRestored: { way: Way };
  IdentityRefreshed: { way: Way };
  PasswordSet: { reason: 'set' | 'change' | 'recovery' };
  PasswordRemoved: object;
  ProfileChanged: { name: Told };
  EmailChanged: { email: Told };
  UsernameChanged: { username: Told };
  DeletionRequested: { eraseAt: string };
  DeletionCancelled: object;
  AccountDeleted: object;
  RoleGranted: { role: 'auditor'; by: string | undefined };
  RoleRevoked: { role: 'auditor'; by: string | undefined };
  GrantRevoked: { way: Way; outcome: 'revoked' | 'unsupported' | 'failed' };
  AttemptFenced: object;
}

/** What a fact says, for every type of event an account can have. */
export type Fact = {
  [Type in AccountEventType]: { readonly type: Type } & Readonly<FactDetails[Type]>;
}[AccountEventType];

const untold = {
  erased: 'something since erased',
  sealed: 'something sealed',
  hidden: hiddenText,
} as const;
/** The words themselves, or what stands in their place. */
export const toldText = (value: Told): string =>
  typeof value === 'string' ? isolate(value) : untold[value.untold];

const byName = (name: string | undefined): string => (name ? ` by ${isolate(name)}` : '');

const plain = {
  PasswordRemoved: 'Password removed',
  DeletionCancelled: 'Deletion cancelled',
  AccountDeleted: 'Account deleted',
  AttemptFenced: 'An unfinished change closed off',
} as const;
/** Where a way in comes from. */
const place = (way: Way): string => (way.kind === 'provider' ? isolate(way.name) : 'this place');
const unlinked = {
  asked: () => 'Disconnected',
  moved: () => 'Moved to another account:',
  provider: (way: Way) => `Disconnected at ${place(way)}:`,
} as const;
const passwordSet = {
  set: 'set',
  change: 'changed',
  recovery: 'set anew by a recovery link',
} as const;
const suspended = {
  recovery: () => 'rests after the recovery',
  provider: (way: Way) => `rests: closed at ${place(way)}`,
} as const;
const grant = {
  revoked: 'is taken back',
  unsupported: 'cannot be taken back: there is no way to ask for it',
  failed: 'could not be taken back: no answer came',
} as const;

/** One sentence per fact; the compiler keeps the list complete. */
export function factText(fact: Fact): string {
  switch (fact.type) {
    case 'UserRegistered':
      return `Account opened with ${wayText(fact.way)}`;
    case 'ProviderLinked':
      return `Connected ${wayText(fact.way)}`;
    case 'ProviderUnlinked':
      return `${unlinked[fact.reason](fact.way)} ${wayText(fact.way)}`;
    case 'MethodSuspended':
      return `${wayText(fact.way)} ${suspended[fact.reason](fact.way)}`;
    case 'MethodRestored':
      return `${wayText(fact.way)} opens the account again`;
    case 'IdentityRefreshed':
      return `Read again what ${wayText(fact.way)} says of you`;
    case 'PasswordSet':
      return `Password ${passwordSet[fact.reason]}`;
    case 'ProfileChanged':
      return `Name changed to ${toldText(fact.name)}`;
    case 'EmailChanged':
      return `E-mail address changed to ${toldText(fact.email)}`;
    case 'UsernameChanged':
      return `Username changed to ${toldText(fact.username)}`;
    case 'DeletionRequested':
      return `Deletion asked for, due ${dateText(fact.eraseAt)}`;
    case 'RoleGranted':
      return `Role given${byName(fact.by)}: ${fact.role}`;
    case 'RoleRevoked':
      return `Role taken back${byName(fact.by)}: ${fact.role}`;
    case 'GrantRevoked':
      return `What ${wayText(fact.way)} allowed us ${grant[fact.outcome]}`;
    default:
      return plain[fact.type];
  }
}

/** Who did it, in a person's words. */
export const actors = {
  self: 'by you',
  operator: 'by whoever runs this place',
  system: 'by Latchkey itself',
  provider: 'by the other side',
  auditor: 'by an auditor',
} as const;
export type Actor = keyof typeof actors;
/** The same words for whoever reads somebody else's history. */
export type ActorWords = Readonly<Record<Actor, string>>;

export const historyText = {
  title: 'History',
  lead: 'Every change to your account, newest first. What stands on the line is a fact for good; what stands beside it changed nothing and is kept for 90 days.',
  number: (number: number) => `Entry ${number}`,
  then: 'As it was then',
  live: 'New entries appear here by themselves.',
  reload: 'Look for new entries',
  hidden: 'What your account no longer has is hidden here.',
  prove: 'Prove that it is you to read it',
  looksMissing: 'Looks by auditors cannot be read at the moment.',
  looked: {
    search: 'An auditor searched for something of yours, and found your account',
    history: 'An auditor looked at what happened to your account',
    export: 'An auditor took a copy of what happened to your account',
    look: 'An auditor looked at your account',
  },
  untoldFrom: { erased: 'from where: erased', sealed: 'from where: sealed' },
  from: (device: string) => `from ${device}`,
  printed: (username: string, at: string) => `The account ${username}, read on ${at}.`,
  pages: 'Pages of your history',
  newest: 'Newest',
  older: 'Older',
  emptyTitle: 'Nothing stands here yet',
  empty: 'As soon as something changes in your account, it is written down here.',
} as const;
