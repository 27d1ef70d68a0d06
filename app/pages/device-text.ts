/** What is known of where somebody was, read from what the browser said of itself. */
export interface Device {
  readonly browser?: string | undefined;
  readonly system?: string | undefined;
  readonly ip?: string | undefined;
}

/** "Firefox on Linux". */
export const deviceText = ({ browser, system }: Device): string => {
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? system ?? 'An unknown device';
};

/** A way in: a password, or an account elsewhere with the handle it had there. */
export type Way =
  | { readonly kind: 'password' }
  | {
      readonly kind: 'provider';
      readonly name: string;
      readonly handle?: string | undefined;
      /** It had a handle, which is not shown now. */
      readonly hidden?: true | undefined;
    };

/** Stands where a value is kept from view until somebody proves who they are (H19). */
export const hiddenText = '(hidden)';

/** Keeps a name in any script from turning the words around it. */
export const isolate = (text: string): string => `\u2068${text}\u2069`;

/** "@ada"; an address or a full name stays as it is. */
export const handleText = (handle: string): string =>
  isolate(/[\s@]/.test(handle) ? handle : `@${handle}`);

/** "a password", "GitHub @ada", "Facebook as Ada Lovelace". */
export const wayText = (way: Way): string => {
  if (way.kind === 'password') return 'a password';
  if (!way.handle) return way.hidden ? `${way.name} ${hiddenText}` : way.name;
  const link = /\s/.test(way.handle) ? ' as ' : ' ';
  return `${way.name}${link}${handleText(way.handle)}`;
};
