import { expect } from 'vitest';
import type { Account, AccountFact } from '../../domain/account/account.ts';
import { evolve, replay } from '../../domain/account/evolve.ts';
import type { AccountEvent } from '../../domain/account/events.ts';
import type { AccountRefusal } from '../../domain/account/refusals.ts';
import type { Result } from '../../domain/result.ts';

export type Decision = Result<readonly AccountEvent[], AccountRefusal>;
export type Rule<Command> = (command: Command, account: Account) => Decision;

/** One event a minute, at the revisions of a stream that holds nothing else. */
export const factsOf = (events: readonly AccountEvent[], first = 0): readonly AccountFact[] =>
  events.map((event, index) => ({ event, revision: first + index, at: minute(first + index) }));

export const accountOf = (...events: readonly AccountEvent[]): Account => replay(factsOf(events));

export const minute = (number: number): string =>
  new Date(Date.UTC(2026, 0, 1, 0, number)).toISOString();

/** Given what happened, when somebody asks, then this happens or is refused. */
export const given = (...past: readonly AccountEvent[]) => ({
  when<Command>(rule: Rule<Command>, command: Command) {
    return outcome(rule(command, accountOf(...past)));
  },
  /** The same command again, after what it did the first time. The first time must not be refused. */
  whenTwice<Command>(rule: Rule<Command>, command: Command) {
    const first = rule(command, accountOf(...past));
    if (!first.ok) throw new Error(`refused the first time: ${first.refusal.code}`);
    const once = factsOf(first.value, past.length).reduce(evolve, accountOf(...past));
    return outcome(rule(command, once));
  },
});

const outcome = (decision: Decision) => ({
  then(events: readonly AccountEvent[]) {
    expect(decision).toEqual({ ok: true, value: events });
  },
  thenNothing() {
    expect(decision).toEqual({ ok: true, value: [] });
  },
  thenRefused(refusal: AccountRefusal) {
    expect(decision).toEqual({ ok: false, refusal });
  },
});
