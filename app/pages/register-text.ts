import { passwordText } from './password-text.ts';

export const registerText = {
  title: 'Create account',
  lead: 'You choose a password now. It opens your account until you change it.',
  email: 'E-mail address',
  username: 'Username',
  usernameHint: '3 to 32 small letters, figures, dots, dashes or underscores. Others can see it.',
  name: 'Name',
  nameHint: 'As you want to be called.',
  password: 'Password',
  submit: 'Create account',
  haveOne: 'You have an account?',
  signIn: 'Sign in',
  done: (name: string) => `Your account is open. Welcome, ${name}.`,
  errors: {
    email: {
      missing: 'Type your e-mail address.',
      invalid: 'This is not an e-mail address. It has the form name@example.org.',
      taken: 'This e-mail address already opens an account. Sign in with it, or use another.',
    },
    username: {
      missing: 'Choose a username.',
      invalid:
        'Use 3 to 32 small letters, figures, dots, dashes or underscores; begin with a letter or figure.',
      reserved: 'This username is kept for Latchkey itself. Choose another.',
      taken: 'This username is taken. Choose another.',
    },
    name: {
      missing: 'Type a name.',
      invalid: 'Use at most 100 characters, without control characters.',
    },
    password: passwordText,
    again: 'This form was sent once too often. Read what you typed and send it again.',
  },
} as const;
