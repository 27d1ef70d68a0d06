import type { LimitName } from './vault-limits.ts';

export interface LimitBudget {
  readonly points: number;
  /** Length of a window; it begins with the first point spent in it. */
  readonly seconds: number;
  /** Whether a right password gives its point back. Never an address's: success must not clear it. */
  readonly givenBack: boolean;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** How much of each may be tried (OWASP ASVS 6.1.1). Nothing here locks an account: windows pass by themselves. */
export const limitBudgets: Readonly<Record<LimitName, LimitBudget>> = {
  /** Password tries from one address, whatever the account. */
  'sign-in-address': { points: 30, seconds: 5 * MINUTE, givenBack: false },
  /** Wrong passwords for one account from browsers that never signed in to it. */
  'sign-in-account': { points: 10, seconds: 15 * MINUTE, givenBack: true },
  /** The same from browsers that did, so that strangers cannot use up their tries (H16). */
  'sign-in-account-known': { points: 10, seconds: 15 * MINUTE, givenBack: true },
  /** Wrong passwords for one account from one address; leaves others some of the account's tries. */
  'sign-in-account-address': { points: 8, seconds: 15 * MINUTE, givenBack: true },
  /** Accounts made from one address. */
  'register-address': { points: 20, seconds: HOUR, givenBack: false },
  /** Wrong passwords of somebody who is signed in already. */
  'reauth-account': { points: 10, seconds: 15 * MINUTE, givenBack: true },
  /** Recovery links tried from one address. */
  'recover-address': { points: 20, seconds: HOUR, givenBack: false },
  /** How often one address may be told that an e-mail or username is taken. */
  'taken-address': { points: 30, seconds: HOUR, givenBack: false },
  /** Searches of one auditor (H12). */
  'audit-search': { points: 30, seconds: HOUR, givenBack: false },
  /** Pages of other people's accounts that one auditor opens. */
  'audit-look': { points: 60, seconds: 10 * MINUTE, givenBack: false },
  /** Round trips that came to nothing, as noted in one account's activity. */
  'failed-trip-account': { points: 20, seconds: HOUR, givenBack: false },
};
