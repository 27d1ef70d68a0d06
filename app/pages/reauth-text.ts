import { passwordText } from './password-text.ts';

export const reauthText = {
  title: 'Is it you?',
  /** What the proof is for; the page behind it decides. */
  purposes: {
    'change-profile': 'Before your e-mail address changes, prove that it is you.',
    'change-password': 'Before your password changes, prove that it is you.',
    'change-ways-in': 'Before your ways in change, prove that it is you.',
    export: 'Before you take a copy of everything about you, prove that it is you.',
    'delete-account': 'Before your account is deleted, prove that it is you.',
    'search-accounts': 'Before you search for an account, prove that it is you.',
    'read-history':
      'Before your history shows what your account no longer has, prove that it is you.',
    'go-on': 'Before this goes on, prove that it is you.',
  },
  safe: 'Nothing has changed yet. What you typed waits five minutes; passwords you type again.',
  password: 'Current password',
  submit: 'Confirm',
  cancel: 'Go back without changing anything',
  account: (username: string) => `You are signed in as ${username}.`,
  weak: (labels: string) =>
    `${labels} cannot tell us when you last proved yourself there. That proof is good for this one change, and your history says so.`,
  none: 'You have no password, and nothing you connected can vouch for you now. Ask whoever runs this place for a recovery link.',
  or: 'or with your password',
  errors: {
    currentPassword: {
      missing: 'Type your current password.',
      wrong: passwordText.wrongCurrent,
    },
  },
} as const;

export type ReauthPurpose = keyof typeof reauthText.purposes;
