import { registerText } from './register-text.ts';

export const profileText = {
  title: 'Profile',
  lead: 'How you are called here, and where you can be reached.',
  username: registerText.username,
  usernameHint: registerText.usernameHint,
  name: registerText.name,
  nameHint: registerText.nameHint,
  email: registerText.email,
  emailHint: 'You can sign in with it. Changing it asks for your password.',
  submit: 'Save profile',
  saved: 'Your profile is saved.',
  waited: 'What you typed is here again. Nothing is saved yet.',
  unchanged: 'That is how your profile already stands. Nothing was changed.',
} as const;
