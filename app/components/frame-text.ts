import type { Theme } from '../look/theme.ts';
import { exactText } from './time-text.ts';

const themeNames: Record<Theme, string> = { system: 'Device', light: 'Light', dark: 'Dark' };

/** What the frame round every page, and the parts that every form uses, say. */
export const frameText = {
  product: 'Latchkey',
  home: 'Latchkey, to the first page',
  skip: 'Skip to the page',
  signIn: 'Sign in',
  register: 'Create account',
  settings: 'Settings',
  audit: 'Audit',
  signOut: 'Sign out',
  signedInAs: 'Signed in as',
  navigation: 'Main',
  theme: 'Colours',
  themeNames,
  footer: 'Every change to your account is written down, and you can read all of it.',
  cannotSave: 'Nothing can be saved at the moment. What you see is as it was last saved.',
  asOf: (iso: string | undefined) =>
    `Nothing can be saved at the moment. What you see is your account as of ${iso ? exactText(iso) : 'an earlier time'}.`,
  busy: 'On its way.',
  showPassword: (label: string) => `Show what is typed in ${label}`,
  pleaseChange: (count: number) => `${count} fields need a change. Nothing was saved.`,
} as const;
