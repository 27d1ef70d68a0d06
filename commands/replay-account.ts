import type { Account } from '../domain/account/account.ts';
import { evolve } from '../domain/account/evolve.ts';
import { accountStream } from '../domain/streams.ts';
import { decodeAccountEvent } from '../eventstore/codec.ts';
import type { Actor } from '../eventstore/event-store.ts';
import type { Deps } from './deps.ts';
import { differences, type Difference } from './differences.ts';
import { isBeyond, type Point } from './point.ts';
import { readOpened } from './read-opened.ts';

/** One event and what it changed. */
export interface ReplayStep {
  readonly revision: number;
  readonly at: string;
  readonly actor: Actor;
  readonly type: string;
  readonly changes: readonly Difference[];
}

export interface ReplayedAccount {
  readonly steps: readonly ReplayStep[];
  /** Up to the point. */
  readonly account: Account;
  /** From there to now. */
  readonly since: readonly Difference[];
  readonly laterEvents: number;
}

export interface ReplayWish {
  readonly to: Point;
  /** Personal parts are opened; otherwise they stay `closed`, and no key leaves the vault. */
  readonly opened: boolean;
}

/**
 * Folds an account again from its first event, and tells what each event changed. Throws Unavailable, PoisonEvent, and
 * where personal parts are wanted the vault's faults.
 */
export async function replayAccount(
  deps: Pick<Deps, 'store' | 'vault'>,
  accountId: string,
  { to, opened }: ReplayWish,
): Promise<ReplayedAccount> {
  const steps: ReplayStep[] = [];
  let now: Account = { status: 'absent' };
  let then: Account | undefined;
  let laterEvents = 0;
  const events = opened ? readOpened(deps, accountId) : readClosed(deps, accountId);
  for await (const { recorded, event } of events) {
    const { revision, metadata, type } = recorded;
    const { at, actor } = metadata;
    if (isBeyond(to, recorded, BigInt(revision))) then ??= now;
    const next = evolve(now, { event, revision, at });
    if (then) laterEvents += 1;
    else steps.push({ revision, at, actor, type, changes: differences(now, next) });
    now = next;
  }
  const account = then ?? now;
  return { steps, account, since: differences(account, now), laterEvents };
}

async function* readClosed({ store }: Pick<Deps, 'store'>, accountId: string) {
  for await (const recorded of store.read(accountStream(accountId))) {
    yield { recorded, event: decodeAccountEvent(recorded) };
  }
}
