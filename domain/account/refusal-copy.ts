import type { RefusalCode } from './refusals.ts';

/** What a person reads for each refusal: the fact, then the way out. Leave one out and this does not compile. */
export const refusalCopy: Readonly<Record<RefusalCode, string>> = {
  'account-not-active': 'This account is not open. Sign in again to see where it stands.',
  'already-registered': 'This form has already made an account. Sign in to use it.',
  'sign-up-closed': 'No new accounts are made here now. Ask the people who run this place.',
  'email-taken':
    'That e-mail address already belongs to an account. Sign in, or use another address.',
  'username-taken': 'That username belongs to somebody else. Choose another.',
  'identity-taken':
    'That way in already opens another Latchkey account. Sign in with it, or move it here.',
  'method-not-linked':
    'That way in is not connected to this account. Reload the page to see which are.',
  'method-not-suspended': 'That way in is already open. You can sign in with it.',
  'suspended-by-provider':
    'This way in was closed where it comes from. Connect it again to open it here.',
  reconnect: 'What it let us do there is over. Connect it again, then ask once more.',
  'last-way-in': 'This is your only way in. Add another first.',
  'password-already-set': 'This account already has a password. Change it instead.',
  'password-not-set': 'This account has no password. Set one first.',
  'account-not-closing': 'No deletion is under way. This account stays as it is.',
  'role-already-granted': 'This account already has that role. Nothing was changed.',
  'role-not-granted': 'This account does not have that role. Nothing was changed.',
  'deletion-not-due':
    'The days of grace are not over. Sign in to finish it before, or to keep the account.',
  'session-ended': 'Your session has ended. Sign in again.',
};
