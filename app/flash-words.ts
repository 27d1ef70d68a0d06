import type { FlashMessage } from './components/flash.tsx';
import type { Flash } from './context.ts';

type Words = (params: Flash['params']) => FlashMessage;

/** What the last request did, by the code that it left in the flash cookie. */
const words: Readonly<Record<string, Words>> = {
  registered: ({ name = '' }) => ({
    tone: 'safe',
    text: `Welcome, ${name}. Your account is here.`,
  }),
  recovered: () => ({
    tone: 'safe',
    text: 'Your password is set. Every other way in is closed until you open it again.',
  }),
};

/** Undefined for a code nobody has words for: an older cookie must not break a page. */
export const flashMessage = (flash: Flash | undefined): FlashMessage | undefined =>
  flash && words[flash.code]?.(flash.params);
