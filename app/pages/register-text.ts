export const registerText = {
  title: 'Create account',
  lead: 'You choose what opens your account. You can add more ways in later, and remove them.',
  or: 'or with a password',
  email: 'E-mail address',
  username: 'Username',
  usernameHint: '3 to 32 letters a to z, digits, dots, hyphens or underscores. Others can see it.',
  name: 'Name',
  nameHint: 'As you want to be called.',
  password: 'Password',
  submit: 'Create account',
  haveOne: 'You have an account?',
  signIn: 'Sign in',
  closed: 'No new accounts are made here now. Ask the people who run this place.',
  done: (name: string) => `Your account is open. Welcome, ${name}.`,
  errors: {
    again: 'This form was sent once too often. Read what you typed and send it again.',
  },
} as const;
