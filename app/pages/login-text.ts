export const loginText = {
  title: 'Sign in',
  identifier: 'Username or e-mail address',
  password: 'Password',
  submit: 'Sign in',
  noAccount: 'No account yet?',
  register: 'Create one',
  or: 'or with your password',
  /** One sentence for every reason, so that it tells nobody which accounts exist. */
  refused: 'Username, e-mail address or password is not right.',
  development: {
    title: 'On your own machine',
    lead: 'These people exist only here. Sign in as any of them:',
    person: 'Person',
    identifier: 'Username',
    password: 'Password',
  },
  errors: {
    identifier: 'Type your username or e-mail address.',
    password: 'Type your password.',
  },
} as const;
