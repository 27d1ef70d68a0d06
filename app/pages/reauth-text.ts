import { passwordText } from './password-text.ts';

export const reauthText = {
  title: 'Is it you?',
  /** What the proof is for; the page behind it decides. */
  purposes: {
    'change-profile': 'Before your e-mail address changes, type your current password.',
    'change-password': 'Before your password changes, type your current one.',
    'go-on': 'Before this goes on, type your current password.',
  },
  safe: 'Nothing has changed yet. What you typed waits five minutes; passwords you type again.',
  password: 'Current password',
  submit: 'Confirm',
  cancel: 'Go back without changing anything',
  account: (username: string) => `You are signed in as ${username}.`,
  or: 'or with your password',
  errors: {
    currentPassword: {
      missing: 'Type your current password.',
      wrong: passwordText.wrongCurrent,
    },
  },
} as const;

export type ReauthPurpose = keyof typeof reauthText.purposes;
