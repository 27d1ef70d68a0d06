/** The longest password, in characters as typed (code points). */
export const PASSWORD_MAX_LENGTH = 1_024;

/** A password as it is hashed and compared: the same keys on another keyboard give the same bytes (NIST 800-63B-4). */
export const passwordText = (password: string) => password.normalize('NFKC');

/** Characters as people count them, more or less: code points (NIST 800-63B-4). */
export const characters = (text: string) => Array.from(text).length;

export function isTooLong(password: string): boolean {
  // No code point has more than two units: an endless text is not even walked through.
  if (password.length > 2 * PASSWORD_MAX_LENGTH) return true;
  return characters(password) > PASSWORD_MAX_LENGTH;
}

/** Whether a text can have been accepted as a password at all. */
export const isPossiblePassword = (password: string) =>
  password !== '' && password.isWellFormed() && !isTooLong(password);
