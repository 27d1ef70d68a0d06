import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Account } from '../../domain/account/account.ts';
import { evolve, replay } from '../../domain/account/evolve.ts';
import type { AccountEvent, MethodRef } from '../../domain/account/events.ts';
import { newClaims, ownedClaims, releasedClaims } from '../../domain/account/owned-claims.ts';
import { leavesAWayIn } from '../../domain/account/usable-way-in.ts';
import { history, registering, wish } from '../support/account-histories.ts';
import { claimsTakenBy } from '../support/claims-taken.ts';
import { accountOf, factsOf } from '../support/given.ts';

const runs = { numRuns: 500 };

const statesOf = (events: readonly AccountEvent[]): readonly Account[] =>
  events.map((_event, index) => accountOf(...events.slice(0, index + 1)));

function removedBy(event: AccountEvent): MethodRef | undefined {
  if (event.type === 'PasswordRemoved') return { kind: 'password' };
  if (event.type !== 'ProviderUnlinked') return undefined;
  const { provider, identityId } = event;
  return { kind: 'identity', provider, identityId };
}

const without = <Item>(items: readonly Item[], gone: readonly Item[]) =>
  items.filter((item) => !gone.some((other) => JSON.stringify(other) === JSON.stringify(item)));

const sorted = (items: readonly unknown[]) => items.map((item) => JSON.stringify(item)).toSorted();

describe('for every history that wishes can lead to', () => {
  test('any command run twice: the second adds nothing (F14)', () => {
    let added = 0;
    fc.assert(
      fc.property(history, wish, (events, { decide }) => {
        const first = decide(accountOf(...events));
        if (!first.ok || first.value.length === 0) return;
        added += 1;
        const second = decide(accountOf(...events, ...first.value));
        expect(second.ok ? second.value : []).toEqual([]);
      }),
      { numRuns: 1_500 },
    );
    expect(added).toBeGreaterThan(200);
  });

  test('a registration sent twice is refused the second time (F14)', () =>
    fc.assert(
      fc.property(history, registering, (events, { decide }) => {
        expect(decide(accountOf(...events))).toHaveProperty('refusal.code', 'already-registered');
      }),
      runs,
    ));

  test('a live account has at least one way in linked, at every revision (I5)', () =>
    fc.assert(
      fc.property(history, (events) => {
        for (const account of statesOf(events)) {
          if (account.status !== 'active' && account.status !== 'closing') continue;
          expect(account.methods.length).toBeGreaterThan(0);
        }
      }),
      runs,
    ));

  test('no wish of a person takes the last usable way in (I5)', () =>
    fc.assert(
      fc.property(history, (events) => {
        for (const [index, event] of events.entries()) {
          const removed = removedBy(event);
          const before = accountOf(...events.slice(0, index));
          if (!removed || before.status !== 'active') continue;
          expect(leavesAWayIn(before, removed, ['github', 'google'])).toBe(true);
        }
      }),
      runs,
    ));

  test('an account holds one password and each identity once', () =>
    fc.assert(
      fc.property(history, (events) => {
        const account = accountOf(...events);
        if (account.status === 'deleted' || account.status === 'absent') return;
        const ways = account.methods.map((way) =>
          way.kind === 'password' ? 'password' : way.identityId,
        );
        expect(new Set(ways).size).toBe(ways.length);
      }),
      runs,
    ));

  test('every claim owned is the last one taken, by the attempt that took it (I4)', () =>
    fc.assert(
      fc.property(history, (events) => {
        for (let count = 1; count <= events.length; count += 1) {
          const past = events.slice(0, count);
          expect(sorted(ownedClaims(accountOf(...past)))).toEqual(sorted(claimsTakenBy(past)));
        }
      }),
      runs,
    ));

  test('what is owned is what was owned less what is released and with what is new (I4)', () =>
    fc.assert(
      fc.property(history, fc.nat(40), (events, count) => {
        const before = accountOf(...events.slice(0, count));
        const more = events.slice(count);
        const kept = without(ownedClaims(before), releasedClaims(before, more));
        const owned = [...kept, ...newClaims(before, more)];
        expect(sorted(owned)).toEqual(sorted(ownedClaims(accountOf(...events))));
      }),
      runs,
    ));

  test('folded at once or from any revision on, the account is the same (I6)', () =>
    fc.assert(
      fc.property(history, fc.nat(40), (events, at) => {
        const facts = factsOf(events);
        const snapshot = structuredClone(replay(facts.slice(0, at)));
        expect(facts.slice(at).reduce(evolve, snapshot)).toEqual(replay(facts));
      }),
      runs,
    ));

  test('no fold changes the account it was given', () =>
    fc.assert(
      fc.property(history, (events) => {
        for (const [index, fact] of factsOf(events).entries()) {
          const before = accountOf(...events.slice(0, index));
          const copy = structuredClone(before);
          evolve(before, fact);
          expect(before).toEqual(copy);
        }
      }),
      { numRuns: 100 },
    ));
});

describe('for events in any order at all', () => {
  const anyOrder = fc
    .tuple(history, history)
    .chain(([one, other]) => fc.shuffledSubarray([...one, ...other]))
    .chain((events) =>
      fc.tuple(...events.map((event) => fc.constantFrom(event, closed(event), erased(event)))),
    );

  test('the fold never throws, and gives the same account twice', () =>
    fc.assert(
      fc.property(anyOrder, (events) => {
        expect(accountOf(...events)).toEqual(accountOf(...structuredClone(events)));
      }),
      runs,
    ));

  test('a personal part that is not open hides names and changes nothing else (F21)', () =>
    fc.assert(
      fc.property(history, (events) => {
        const hidden = accountOf(...events.map(erased));
        expect(bare(hidden)).toEqual(bare(accountOf(...events)));
        if (hidden.status === 'active') expect(hidden.profile).toBe('erased');
      }),
      runs,
    ));
});

const closed = (event: AccountEvent): AccountEvent => ({ ...event, personal: 'closed' });
const erased = (event: AccountEvent): AccountEvent => ({ ...event, personal: 'erased' });

/** The account without what is personal. */
const bare = (account: Account): unknown =>
  JSON.parse(
    JSON.stringify(account, (name, value: unknown) => (name === 'profile' ? null : value)),
  );
