export const recoverText = {
  title: 'Set a new password',
  lead: 'This link was made for you by whoever runs this place. It works once, for one hour.',
  follows:
    'With the new password, every session ends. Your other ways in rest until you restore them.',
  newPassword: 'New password',
  submit: 'Set password',
  overTitle: 'This link is over',
  over: 'It was used, or its hour is past. Your account is as it was.',
  overNext: 'Ask whoever runs this place for a new one, or sign in if you remember your password.',
  signIn: 'Sign in',
  done: 'Your new password is set. Every other session is over.',
} as const;
