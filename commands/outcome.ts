import type { AccountEvent } from '../domain/account/events.ts';
import type { AccountRefusal } from '../domain/account/refusals.ts';
import type { LoadedAccount } from './load-account.ts';

/** What became of a command. */
export type Outcome = Done | Refused;

export interface Done {
  readonly ok: true;
  /** Empty when the wish was already true. */
  readonly events: readonly AccountEvent[];
  /** The account before the events. */
  readonly before: LoadedAccount;
  /** The account's last revision after them. */
  readonly revision: number;
}

/** Every refusal that holds, at least one. */
export interface Refused {
  readonly ok: false;
  readonly why: 'refused';
  readonly refusals: readonly [AccountRefusal, ...AccountRefusal[]];
}

export const refused = (first: AccountRefusal, ...more: readonly AccountRefusal[]): Refused => ({
  ok: false,
  why: 'refused',
  refusals: [first, ...more],
});

/** A budget is spent: nothing was looked at. */
export interface Limited {
  readonly ok: false;
  readonly why: 'limited';
  readonly retryAfterSeconds: number;
}

/** The proof was not good. One answer, whatever the reason was (ASVS 6.3.8). */
export interface WrongProof {
  readonly ok: false;
  readonly why: 'wrong-proof';
}

export const wrongProof: WrongProof = { ok: false, why: 'wrong-proof' };
