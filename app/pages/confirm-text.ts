import { dateText } from '../components/time-text.ts';
import { isolate } from './device-text.ts';
import { identityText, type Identity } from './identity-text.ts';
import { registerText } from './register-text.ts';

/** What is said of each question, given the identity, and the account it will open. */
export const confirmText = {
  title: 'One question first',
  titles: {
    create: () => 'Create your account',
    link: ({ provider }: Identity) => `Connect ${isolate(provider.label)}?`,
    move: ({ provider }: Identity) =>
      `That ${isolate(provider.label)} account already opens another account`,
    continue: (identity: Identity) => `${identityText(identity)} was moved`,
  },
  happens: {
    create: (identity: Identity) =>
      `A new account is made here, and ${identityText(identity)} opens it.`,
    link: (identity: Identity, username: string) =>
      `From now on, ${identityText(identity)} opens the account ${isolate(username)}.`,
    move: (identity: Identity, username: string) =>
      `${identityText(identity)} will open the account ${isolate(username)}, and the other account loses it.`,
    continue: (identity: Identity, username: string, since: string) =>
      `Since ${dateText(since)}, ${identityText(identity)} opens the account ${isolate(username)}, and no longer the one it opened before.`,
  },
  careful: {
    create: 'Nothing is created before you say so.',
    link: 'Say yes only if both are yours.',
    move: 'Both histories record the move. For 30 days, a browser that signs in with it is told of it first.',
    continue: 'You are not signed in yet. Go on only if that account is yours.',
  },
  onlyWayIn: (identity: Identity) =>
    `${identityText(identity)} is the only way in of that other account, so it cannot be moved.`,
  onlyWayInNext:
    'Sign out here and sign in with it. Add another way in there, then come back and move it.',
  movedNext:
    'If you did not move it, do not go on: sign in to your own account by another way, read its history, and look at where you are signed in over there.',
  identityFace: (label: string) => `You come from ${isolate(label)} as`,
  accountFace: 'It will open',
  accountFaceNow: 'It now opens',
  newAccount: 'A new account',
  newAccountWords: 'with the name you choose below',
  proved: 'Address proved there',
  notProved: 'Address not proved',
  noEmail: 'No e-mail address',
  noName: 'No name given',
  emailKnown: (email: string) =>
    `An account with ${isolate(email)} exists already. Is it yours? Sign in to it and connect this there, and you keep one account.`,
  signIn: 'Sign in',
  username: registerText.username,
  usernameHint: registerText.usernameHint,
  name: registerText.name,
  nameHint: registerText.nameHint,
  email: registerText.email,
  emailOptional: 'You can leave this empty.',
  submit: {
    create: () => 'Create account',
    link: (label: string) => `Connect ${label}`,
    move: () => 'Move it here',
    continue: () => 'Go on to this account',
  },
  cancel: {
    create: 'Do not create it',
    link: 'Leave it as it is',
    move: 'Leave it where it is',
    continue: 'Do not go on',
  },
  over: {
    title: 'This question is over',
    lead: 'It was answered, is older than ten minutes, or belongs to another browser.',
    safe: 'What was not answered with yes did not happen.',
    connections: 'See your ways in',
    signIn: 'Sign in',
  },
} as const;
