/** The settings, in the order of their list. A new page is one more line here. */
export const settingsPages = [
  { path: '/settings', name: 'Profile', heading: 'Profile' },
  { path: '/settings/password', name: 'Password', heading: 'Password' },
  { path: '/settings/connections', name: 'Connections', heading: 'Your ways in' },
  { path: '/settings/sessions', name: 'Sessions', heading: 'Where you are signed in' },
  { path: '/settings/history', name: 'History', heading: 'History' },
  { path: '/settings/your-data', name: 'Your data', heading: 'Your data' },
  { path: '/settings/delete', name: 'Delete account', heading: 'Delete account' },
] as const;

export type SettingsPage = (typeof settingsPages)[number]['path'];

export const settingsText = { navigation: 'Settings' } as const;
