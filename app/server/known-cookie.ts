import { randomBytes } from 'node:crypto';
import type { CookieKeys } from './cookie-keys.ts';
import { sign, verifySigned } from './signed-value.ts';

/** How many accounts one browser is remembered for; the oldest goes first. */
const MOST = 4;
const MAC_LENGTH = 22;

/**
 * A browser that signed in before (H16): signed, holds a keyed hash of each account and no account id,
 * so that a copied cookie tells nobody whose browser it came from.
 */
export function rememberAccount(
  keys: CookieKeys,
  cookie: string | undefined,
  accountId: string,
): string {
  const others = bindings(keys, cookie).filter((binding) => !isOf(keys, binding, accountId));
  const binding = bind(keys, accountId);
  const kept = [...others, binding].slice(-MOST);
  return sign(keys.known, [randomBytes(8).toString('base64url'), ...kept].join('~'));
}

/** Whether this browser signed in to this account before. */
export const remembersAccount = (
  keys: CookieKeys,
  cookie: string | undefined,
  accountId: string,
): boolean => bindings(keys, cookie).some((binding) => isOf(keys, binding, accountId));

function bindings(keys: CookieKeys, cookie: string | undefined): readonly string[] {
  const value = cookie === undefined ? undefined : verifySigned(keys.known, cookie);
  return value?.split('~').slice(1) ?? [];
}

const bind = (keys: CookieKeys, accountId: string) =>
  keys['known-account'].mac(accountId).toString('base64url').slice(0, MAC_LENGTH);

/** The whole cookie is signed, so a plain comparison gives nothing away; an older secret's binding counts too. */
const isOf = (keys: CookieKeys, binding: string, accountId: string) =>
  keys['known-account']
    .macs(accountId)
    .some((mac) => mac.toString('base64url').slice(0, MAC_LENGTH) === binding);
