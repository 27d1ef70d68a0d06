import { amountText } from '../components/time-text.ts';

/** How long to wait, rounded up so that the next try is never too early. */
export const waitText = (seconds: number): string => {
  if (seconds <= 90) return amountText(Math.max(1, Math.ceil(seconds)), 'second');
  if (seconds <= 5400) return amountText(Math.ceil(seconds / 60), 'minute');
  return amountText(Math.ceil(seconds / 3600), 'hour');
};

interface ErrorWords {
  readonly title: string;
  readonly happened: string;
  readonly safe: string;
  readonly next: string;
}

const unchanged = 'Your account is as it was. Nothing was changed.';

/** What each error page says: what happened, what is safe, what to do. */
export const errorWords = {
  'bad-request': {
    title: 'That was not understood',
    happened: 'The request is not one that a page of Latchkey sends.',
    safe: unchanged,
    next: 'Go back, load the page again, and send the form from there.',
  },
  forbidden: {
    title: 'This form is too old',
    happened:
      'It comes from an earlier visit, from before you signed in or out, or from another place.',
    safe: unchanged,
    next: 'Go back, load the page again, and send the form from there.',
  },
  'not-found': {
    title: 'Nothing is at this address',
    happened: 'The page was never here, or the address has a slip in it.',
    safe: unchanged,
    next: 'Look at the address once more, or begin at the first page.',
  },
  refused: {
    title: 'This cannot be done now',
    happened: 'A rule of your account stands against it.',
    safe: unchanged,
    next: 'Go back to the settings.',
  },
  'too-many': {
    title: 'Too many tries',
    happened: 'This was tried very often in a short time.',
    safe: unchanged,
    next: 'Wait a while, then try again.',
  },
  unavailable: {
    title: 'Cannot save now',
    happened: 'Latchkey cannot write at the moment.',
    safe: 'A change is saved whole or not at all, and never twice.',
    next: 'Wait a moment, then try again.',
  },
  broken: {
    title: 'Something is wrong here',
    happened: 'Latchkey met a fault that it did not expect. It is written down.',
    safe: 'A change is either saved whole or not at all. Your history says which.',
    next: 'Try again. If it stays, tell whoever runs this place the number below.',
  },
} as const satisfies Record<string, ErrorWords>;

export type ErrorKind = keyof typeof errorWords;

export const errorText = {
  happened: 'What happened',
  safe: 'What is safe',
  next: 'What to do',
  request: 'Request',
  home: 'To the first page',
  back: 'Back to the page',
  waitThenTry: (seconds: number) => `Wait ${waitText(seconds)}, then try again.`,
} as const;

/** Words above a form that was sent back whole. */
export const formAlertText = {
  unavailable:
    'This cannot be done just now. Nothing was changed, and what you typed is still here; passwords you type again. Try again in a moment.',
  /** The change may be saved in a moment, or may not; the same form again comes to one result. */
  unsure:
    'It is not certain yet whether this was saved. Try again in a moment: nothing is saved twice, and what you typed is still here; passwords you type again.',
  tooMany: (seconds: number) =>
    `Too many tries. Nothing was changed. Wait ${waitText(seconds)}, then try again.`,
} as const;
