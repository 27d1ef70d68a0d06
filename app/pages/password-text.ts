/** What is said of passwords wherever one is chosen. */
export const passwordText = {
  hint: (minLength: number) =>
    `At least ${minLength} characters. A few unrelated words are easy to keep and hard to guess.`,
  confirm: 'The same password again',
  missing: 'Type a password.',
  tooShort: (minLength: number) => `Use at least ${minLength} characters.`,
  tooLong: 'Use at most 1,024 characters.',
  common: 'Many people use this password, so it is tried first. Choose another.',
  personal: 'This password is your e-mail address, username or name. Choose another.',
  different: 'The two passwords differ. Type the same one twice.',
  wrongCurrent: 'This is not your current password.',
} as const;
