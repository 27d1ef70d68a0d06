export const signedOutText = {
  title: 'You are signed out',
  lead: 'This browser no longer holds a key to your account.',
  others: 'Sessions in other browsers go on. Sign in again to see them and end them.',
  stillThere: (label: string) => `You are still signed in at ${label}.`,
  signOutThere: 'On a computer that others use, sign out there too.',
  signIn: 'Sign in',
  home: 'To the first page',
} as const;
