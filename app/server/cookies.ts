import { randomBytes } from 'node:crypto';
import type { Cookies } from '../context.ts';
import { isTheme } from '../look/theme.ts';
import type { CookieJar } from './cookie-jar.ts';
import type { CookieKeys } from './cookie-keys.ts';
import { decodeFlash, encodeFlash } from './flash-cookie.ts';
import { rememberAccount, remembersAccount } from './known-cookie.ts';
import { sign, verifySigned } from './signed-value.ts';
import { decodeTyped, encodeTyped, TYPED_SECONDS } from './typed-cookie.ts';

const YEAR_SECONDS = 365 * 24 * 60 * 60;
const DAY_SECONDS = 24 * 60 * 60;
const FLASH_SECONDS = 300;
const ANONYMOUS_ID = /^[A-Za-z0-9_-]{22}$/;

interface Making {
  readonly jar: CookieJar;
  readonly keys: CookieKeys;
  readonly at: Date;
}

/** The cookies of one request, each with its own purpose and key. */
export const cookiesOf = (making: Making): Cookies => ({
  session: sessionCookie(making),
  anonymous: anonymousCookie(making),
  known: knownCookie(making),
  flash: flashCookie(making),
  typed: typedCookie(making),
  theme: themeCookie(making),
  signedOut: signedOutCookie(making),
  receipt: receiptCookie(making),
});

/** Lasts as long as the browser: how long a session lives is said in the vault. */
const sessionCookie = ({ jar }: Making): Cookies['session'] => ({
  read: () => jar.read('sid'),
  set: (token) => jar.write('sid', token),
  clear: () => jar.clear('sid'),
});

function anonymousCookie({ jar, keys }: Making): Cookies['anonymous'] {
  let known: string | undefined;
  const mint = () => {
    const id = randomBytes(16).toString('base64url');
    jar.write('anon', sign(keys.anonymous, id));
    return id;
  };
  const read = () => {
    const id = verifySigned(keys.anonymous, jar.read('anon') ?? '');
    return id !== undefined && ANONYMOUS_ID.test(id) ? id : undefined;
  };
  // Forms, tokens and round trips of one request all ask: its signature is checked once.
  const idOf = () => (known ??= read() ?? mint());
  return {
    id: idOf,
    hash: () => keys.browser.mac(idOf()).toString('base64url'),
    renew: () => {
      known = mint();
    },
  };
}

/** Nothing depends on it but a courtesy, so it is not signed. */
const signedOutCookie = ({ jar }: Making): Cookies['signedOut'] => ({
  read: () => jar.read('left') === '1',
  set: () => jar.write('left', '1', YEAR_SECONDS),
  clear: () => jar.clear('left'),
});

/** Whose deletion this browser asked for: a number that names nobody, for a page that shows dates and counts. */
const receiptCookie = ({ jar, keys }: Making): Cookies['receipt'] => ({
  read: () => verifySigned(keys.receipt, jar.read('receipt') ?? ''),
  set: (accountId) => jar.write('receipt', sign(keys.receipt, accountId), DAY_SECONDS),
});

const knownCookie = ({ jar, keys }: Making): Cookies['known'] => ({
  holds: (accountId) => remembersAccount(keys, jar.read('known'), accountId),
  add: (accountId) =>
    jar.write('known', rememberAccount(keys, jar.read('known'), accountId), YEAR_SECONDS),
});

const flashCookie = ({ jar, keys }: Making): Cookies['flash'] => ({
  set: (code, params = {}) =>
    jar.write('flash', encodeFlash(keys.flash, { code, params }), FLASH_SECONDS),
  take() {
    const cookie = jar.read('flash');
    jar.clear('flash');
    return cookie === undefined ? undefined : decodeFlash(keys.flash, cookie);
  },
});

const typedCookie = ({ jar, keys, at }: Making): Cookies['typed'] => ({
  keep(place, values) {
    const sealed = encodeTyped(keys.typed, place, { values, at });
    if (sealed !== undefined) jar.write('typed', sealed, TYPED_SECONDS);
    return sealed !== undefined;
  },
  take(place) {
    const value = jar.read('typed');
    if (value === undefined) return undefined;
    const typed = decodeTyped(keys.typed, place, { value, at });
    if (typed !== undefined) jar.clear('typed');
    return typed;
  },
});

const themeCookie = ({ jar }: Making): Cookies['theme'] => ({
  read() {
    const theme = jar.read('theme');
    return isTheme(theme) ? theme : 'system';
  },
  set: (theme) => jar.write('theme', theme, YEAR_SECONDS),
});
