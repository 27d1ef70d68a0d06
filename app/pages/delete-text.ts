import { amountText, dateText } from '../components/time-text.ts';
import { wayText, type Way } from './device-text.ts';

/** "3 facts", "1 fact". */
const counted = (count: number, one: string, many = `${one}s`) =>
  `${count} ${count === 1 ? one : many}`;

/** Everything a person reads of the end of an account. */
export const deleteText = {
  title: 'Delete account',
  lead: {
    atOnce: 'Your account ends at once, and nobody can bring it back.',
    later: (days: number) =>
      `Your account closes at once. You have ${amountText(days, 'day')} to change your mind; then it is erased, and nobody can bring it back.`,
  },
  goes: {
    title: 'What is erased',
    you: 'Who you are',
    youTold: (facts: number) =>
      `Your name, your username, your e-mail address and every former one, wherever they stand in the ${counted(facts, 'entry', 'entries')} of your history.`,
    ways: 'Your ways in',
    sessions: 'Where you are signed in',
    sessionsTold: (sessions: number) =>
      `${counted(sessions, 'session')}, over as soon as you ask, here too.`,
    activity: 'Sign-ins and attempts',
    activityTold: (entries: number) =>
      entries === 0
        ? 'None are kept.'
        : `${counted(entries, 'entry', 'entries')}, with the browsers and addresses they came from.`,
    key: 'Your key',
    keyTold:
      'The one key that opens all of this. It is overwritten, and what it sealed stays closed for ever.',
    when: (eraseAt: string) => `Erased on ${dateText(eraseAt)}`,
    atOnce: 'Erased at once',
  },
  stays: {
    title: 'What stays',
    facts: 'Dates without you',
    factsTold: (facts: number) =>
      `${counted(facts, 'fact')} so far, such as “a password was set” with its day and hour, under a random number. Nobody can read in them who you were.`,
    guess: 'A guess that can be confirmed',
    guessTold:
      'Whoever runs this place, and nobody else, can still test whether an address they already know once belonged to that number.',
    copies: 'Copies made before',
    copiesTold:
      'Whoever runs this place may keep copies for a disaster. If one is ever put back, your account is erased again first.',
    free: 'Free for the next person',
    freeTold:
      'Your e-mail address, your username and the accounts you connected can be used again. Your history goes with none of them.',
  },
  elsewhere: {
    title: 'What happens elsewhere',
    asked: (name: string) => `We ask ${name} to forget that you let us in.`,
    own: (name: string) =>
      `We hold nothing that ${name} could take back. Its settings may go on listing this place until you remove it there.`,
    none: 'You connected nothing, so nobody else hears of it.',
  },
  form: {
    title: 'Delete this account',
    confirmation: 'Your username',
    hint: (username: string) => `Type ${username}, to say that this is the one.`,
    password: 'Current password',
    proof: 'You have no password, so we ask you to prove yourself where you sign in.',
    submit: 'Delete my account',
    errors: {
      missing: 'Type your username.',
      other: 'This is not the username of this account.',
      passwordMissing: 'Type your current password.',
    },
  },
  closing: {
    title: 'Your account is closing',
    lead: (eraseAt: string) => `It is erased on ${dateText(eraseAt)}, unless you keep it.`,
    asked: 'Asked for',
    by: 'By',
    byUnknown: 'nobody knows which way in',
    byWay: (way: Way) => `somebody signed in with ${wayText(way)}`,
    from: 'From',
    until: 'Erased on',
    ledger: 'The request',
    notYou:
      'If that was not you, keep the account, then change your password and look at your ways in.',
    keepTitle: 'Keep it',
    keepLead: 'Everything is as it was. You sign in again, since every session is over.',
    keep: 'Keep my account',
    finishTitle: 'Erase it now',
    finishLead: 'Without waiting. Nobody can bring it back.',
    finish: 'Erase my account now',
  },
  kept: (at: string, way: Way | null) =>
    way
      ? `Your account is kept. Its deletion was asked for on ${dateText(at)} by somebody signed in with ${wayText(way)}. Sign in to go on.`
      : `Your account is kept. Its deletion was asked for on ${dateText(at)}. Sign in to go on.`,
  receipt: {
    titles: {
      closing: 'Your account is closing',
      erasing: 'Your account is deleted',
      erased: 'Your account is erased',
      kept: 'This account was kept',
    },
    leads: {
      closing:
        'You are signed out everywhere. Sign in until then to keep it, or to erase it sooner.',
      erasing: 'Nobody can sign in to it. The last steps of the erasure are under way.',
      erased: 'Nothing here opens who you were.',
      kept: 'Its deletion was called off, and it goes on.',
    },
    ledger: 'Receipt',
    number: 'Number of the account',
    numberTold: 'It names nobody. With it, whoever runs this place finds the dates that stay.',
    asked: 'Deletion asked for',
    due: 'Erased on',
    deleted: 'Deleted',
    erased: 'Erased',
    underWay: 'under way; reload this page in a minute',
    facts: 'Facts that stay',
    factsTold: (facts: number) => `${facts}, with dates and without names`,
    grants: {
      revoked: (name: string) => `${name} was asked to forget that you let us in, and did.`,
      unsupported: (name: string) =>
        `${name} takes nothing back by itself: remove this place in its settings.`,
      failed: (name: string) => `${name} did not answer: remove this place in its settings.`,
    },
    elsewhere: 'Elsewhere',
    keepThis: 'Print this page or save it: it can be shown in this browser for a day.',
    signIn: 'Sign in',
    home: 'Go to the first page',
  },
} as const;
