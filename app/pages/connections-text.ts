import { dateText } from '../components/time-text.ts';
import { identityText, type Identity } from './identity-text.ts';

const numbers = [
  'none',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
] as const;

const inWords = (count: number): string => numbers[count] ?? String(count);
const begin = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** How many ways in there are, and how many of them open the account now. */
export interface WaysCount {
  readonly all: number;
  readonly usable: number;
}

/** The one rule in words: a way in goes only while another stays usable. */
export function ruleText({ all, usable }: WaysCount): string {
  if (all === 0) return 'You have no way in. Add one before you sign out.';
  if (usable === 0) return 'None of these opens your account now. Add one before you sign out.';
  if (all === 1) return 'This is your only way in. Add another first.';
  if (usable === 1) {
    return `Only one of these ${inWords(all)} opens your account now. Add another before you remove that one.`;
  }
  const any = usable === 2 ? 'either one' : 'any one';
  if (usable === all) return `You can remove ${any} of these ${inWords(all)}.`;
  return `${begin(inWords(usable))} of these ${inWords(all)} open your account now. You can remove ${any} of them.`;
}

export const connectionsText = {
  title: 'Connections',
  lead: 'Everything that opens your account. Removing one ends your sessions in other browsers.',
  password: 'Password',
  added: 'Added',
  lastUsed: 'Last used',
  neverUsed: 'Not used yet',
  unnamed: 'It told us no name and no address.',
  current: 'You came in with this',
  states: {
    unconfigured: (label: string) =>
      `This place no longer offers ${label}. It opens nothing and does not count as a way in.`,
    recovery: () => 'Rests after the recovery. It opens nothing until you restore it.',
    provider: (label: string) => `Closed at ${label}. It opens nothing until you connect it again.`,
  },
  disconnect: (label: string) => `Disconnect ${label}`,
  disconnectOf: (identity: Identity) => `Disconnect ${identityText(identity)}`,
  restore: 'Restore',
  restoreOf: (identity: Identity) => `Restore ${identityText(identity)}`,
  refresh: 'Read name again',
  refreshOf: (identity: Identity) => `Read again what ${identityText(identity)} is called`,
  again: 'Connect again',
  againOf: (identity: Identity) => `Connect again ${identityText(identity)}`,
  changePassword: 'Change password',
  changeOrRemovePassword: 'Change or remove',
  only: 'This is your only way in.',
  onlyUsable: 'No other way in opens your account.',
  addAnother: 'Add another way in',
  addTitle: 'Add a way in',
  addLead:
    'You go there, come back, and see both sides before anything is connected. Several of one kind are fine.',
  setPassword: 'Set a password',
  nothingToAdd: 'There is nothing else to connect here.',
  moved: (identity: Identity, at: string) =>
    `On ${dateText(at)}, ${identityText(identity)} was moved to another account.`,
  movedNext:
    'It opens nothing here any more. If you did not move it, end the sessions you do not know, and look at where you are signed in over there.',
  movedSessions: 'Where you are signed in',
  movedHistory: 'Your history',
  done: {
    linked: 'It is connected. You can sign in with it from now on.',
    moved: 'It is connected here now, and opens this account from now on.',
    already: 'It was connected already. Nothing was changed.',
    unlinked: 'It is disconnected. Every other session is over.',
    refreshed: 'What it is called there is up to date here.',
    restored: 'It opens your account again. You can sign in with it.',
  },
} as const;
