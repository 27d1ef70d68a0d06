import type { Origin } from '../domain/account/events.ts';
import { addressKey } from '../vault/address-key.ts';
import type { Lane } from '../vault/fair-slots.ts';
import type { LimitName } from '../vault/vault-limits.ts';
import type { Session } from '../vault/vault.ts';
import type { Deps } from './deps.ts';
import type { LoadedAccount } from './load-account.ts';
import type { Limited } from './outcome.ts';
import type { Cause } from './write-stream.ts';

/** Who asks from where: what every request brings beside its wish. */
export interface Asking {
  /** Minted by us. */
  readonly requestId: string;
  readonly from: Origin;
  /** Did this browser sign in to the account before? */
  readonly knows: (accountId: string) => boolean;
}

/** A request of somebody who is signed in, as the guard found them. */
export interface SignedIn extends Asking {
  readonly session: Session;
  readonly loaded: LoadedAccount;
}

export const causeOf = (deps: Pick<Deps, 'clock'>, { requestId }: Asking): Cause => ({
  actor: 'self',
  requestId,
  at: deps.clock(),
});

/** The asker's network address as limits count it. */
export const addressOf = ({ from }: Asking): string => addressKey(from.ip ?? '');

/** Where the asker's hashes queue: fair by address, with slots of their own for known browsers (H16). */
export const laneOf = (asking: Asking, accountId?: string): Lane => ({
  address: addressOf(asking),
  known: accountId !== undefined && asking.knows(accountId),
});

export interface Budget {
  readonly name: LimitName;
  readonly key: string;
}

/** Spends the budgets, or answers how long to wait. Fails closed. */
export async function limited(
  { vault }: Pick<Deps, 'vault'>,
  budgets: readonly Budget[],
): Promise<Limited | undefined> {
  const answer = await vault.limits.spend(budgets);
  return answer.allowed
    ? undefined
    : { ok: false, why: 'limited', retryAfterSeconds: answer.retryAfterSeconds };
}
