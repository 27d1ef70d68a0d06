export const passwordSettingsText = {
  title: 'Password',
  lead: {
    set: 'You have no password. Set one, and it becomes another way in.',
    change: 'Changing or removing your password ends every other session.',
  },
  since: 'Your password was set',
  changeTitle: 'Change password',
  setTitle: 'Set a password',
  removeTitle: 'Remove password',
  removeLead: 'You then sign in only by your other ways in. Every other session ends.',
  onlyWayIn: 'This is your only way in, so it stays. Add another way in first.',
  current: 'Current password',
  next: 'New password',
  submit: { set: 'Set password', change: 'Change password', remove: 'Remove password' },
  done: {
    set: 'Your password is set.',
    change: 'Your password is changed. Every other session is over.',
    remove: 'Your password is removed. Every other session is over.',
  },
} as const;
