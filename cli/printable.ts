/** Controls that a terminal obeys, and signs that turn the order of a line around; line feeds and tabs stay. */
const obeyed = /(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * What may be shown in a terminal, whoever wrote it: an export or a provider's answer that is somebody else's could
 * otherwise write over the verdict beside it. Such signs are told as JSON tells them, so JSON stays what it was.
 */
export const printable = (text: string): string =>
  text.replace(obeyed, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
