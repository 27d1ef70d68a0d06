export const signedOutText = {
  title: 'You are signed out',
  lead: 'This browser no longer holds a key to your account.',
  others: 'Sessions in other browsers go on. Sign in again to see them and end them.',
  signIn: 'Sign in',
  home: 'To the first page',
} as const;
