import { isolate } from './device-text.ts';

interface ProblemWords {
  readonly title: (label: string) => string;
  readonly happened: (label: string) => string;
  readonly safe: string;
  readonly next: (label: string) => string;
}

const unchanged = 'Nothing was changed. Your account and its other ways in work as before.';
const nobody = 'Nobody was signed in by it, and nothing was connected or changed.';
const anotherWay = 'Try again, or take another way in.';

/** What is said when a way to or from a provider ends here. Fixed words: never any text out of the address (G8). */
export const problemWords = {
  'no-handshake': {
    title: () => 'This way back is no longer good',
    happened: () =>
      'It was used already, is older than ten minutes, or began in another browser or session.',
    safe: nobody,
    next: () => 'Begin again from here. If you began nothing, close this page.',
  },
  denied: {
    title: (label) => `${label} did not say yes`,
    happened: (label) => `You said no at ${label}, or ${label} did.`,
    safe: unchanged,
    next: () => anotherWay,
  },
  'provider-unreachable': {
    title: (label) => `${label} does not answer`,
    happened: (label) => `We asked ${label} who you are, and no answer came in time.`,
    safe: unchanged,
    next: () => 'Wait a moment and try again, or take another way in.',
  },
  'provider-nonsense': {
    title: (label) => `${label} gave no clear answer`,
    happened: (label) => `What ${label} sent could not be read, so it was not used.`,
    safe: unchanged,
    next: () => anotherWay,
  },
  'provider-rejected': {
    title: (label) => `${label} did not accept the way back`,
    happened: (label) => `What you brought back from ${label} was used already or too old there.`,
    safe: unchanged,
    next: () => anotherWay,
  },
  'provider-mismatch': {
    title: () => 'That answer was not meant for us',
    happened: (label) => `It does not fit what was asked of ${label}, so it was thrown away.`,
    safe: nobody,
    next: () => anotherWay,
  },
  'sign-up-closed': {
    title: (label) => `This ${label} account opens nothing here`,
    happened: () => 'It is connected to no account, and no new accounts are made here now.',
    safe: 'Nothing was saved of what you brought along.',
    next: (label) =>
      `If you have an account, sign in to it another way and connect ${label} in its settings.`,
  },
  'form-only': {
    title: (label) => `This ${label} account opens nothing here yet`,
    happened: () => 'It is connected to no account, and new accounts are made by the form only.',
    safe: 'Nothing was saved of what you brought along.',
    next: (label) => `Create an account or sign in first, then connect ${label}.`,
  },
  'way-in-suspended': {
    title: () => 'This way in rests',
    happened: (label) =>
      `This ${label} account is connected to an account here, but opens it no longer: after a recovery, or at the word of ${label}.`,
    safe: unchanged,
    next: () => 'Sign in another way, then open it again under Connections.',
  },
  'reauth-other-identity': {
    title: (label) => `That was another ${label} account`,
    happened: (label) => `You came back from ${label} as somebody who does not open this account.`,
    safe: 'Nothing was changed. What you typed still waits.',
    next: (label) => `At ${label}, pick the account that is connected here, or prove it otherwise.`,
  },
  'reauth-too-weak': {
    title: (label) => `The word of ${label} is not enough here`,
    happened: (label) =>
      `${label} did not say that you proved yourself just now, and you have a surer way.`,
    safe: 'Nothing was changed. What you typed still waits.',
    next: () => 'Prove it with your password, or with the way that can tell.',
  },
} as const satisfies Record<string, ProblemWords>;

export type ProviderProblem = keyof typeof problemWords;

/** The words of a problem, with the provider's name in them. */
export function problemText(problem: ProviderProblem, label: string | undefined) {
  const words: ProblemWords = problemWords[problem];
  const name = label ? isolate(label) : 'the other side';
  const begin = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1);
  return {
    title: begin(words.title(name)),
    happened: begin(words.happened(name)),
    safe: words.safe,
    next: begin(words.next(name)),
  };
}

export const providerProblemText = {
  title: 'No way in',
  ways: { continue: 'Ways in', link: 'Connect', reauth: 'Ways to prove it' },
  back: {
    continue: 'Sign in with your password',
    link: 'Back to your ways in',
    reauth: 'Back to the question',
  },
  register: 'Create account',
} as const;
