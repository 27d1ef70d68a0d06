import { describe, expect, test } from 'vitest';
import type { LivingAccount } from '../../domain/account/account.ts';
import { leavesAWayIn, usable } from '../../domain/account/usable-way-in.ts';
import type { AccountEvent, MethodRef } from '../../domain/account/events.ts';
import * as past from '../support/account-events.ts';
import { accountOf } from '../support/given.ts';

const github = { provider: 'github', subject: '4711' };
const google = { provider: 'google', subject: '0815' };
const all = ['github', 'google'];

function holding(...events: readonly AccountEvent[]): LivingAccount {
  const account = accountOf(...events);
  if (account.status !== 'active') throw new Error('not active');
  return account;
}

const usableWays = (account: LivingAccount, configured: readonly string[]) =>
  account.methods.map((method) => usable(method, configured));

const password: MethodRef = { kind: 'password' };
const way = (who: typeof github): MethodRef => ({ kind: 'identity', ...past.refOf(who) });

describe('a way in', () => {
  test('by password is always usable', () =>
    expect(usableWays(holding(past.registered()), [])).toEqual([true]));

  test('by identity is usable while its provider is configured', () => {
    const account = holding(past.registered(github));
    expect(usableWays(account, all)).toEqual([true]);
    expect(usableWays(account, ['google'])).toEqual([false]);
  });

  test.each(['recovery', 'provider'] as const)('suspended by %s is not usable', (reason) =>
    expect(
      usableWays(holding(past.registered(github), past.suspended(github, reason)), all),
    ).toEqual([false]),
  );
});

describe('removing a way in', () => {
  test('leaves one where any other is usable', () => {
    const account = holding(past.registered(), past.linked(github));
    expect(leavesAWayIn(account, password, all)).toBe(true);
    expect(leavesAWayIn(account, way(github), all)).toBe(true);
  });

  test('leaves none where it is the only one', () => {
    expect(leavesAWayIn(holding(past.registered()), password, all)).toBe(false);
    expect(leavesAWayIn(holding(past.registered(github)), way(github), all)).toBe(false);
  });

  test('leaves none where the others are suspended or not configured', () => {
    const account = holding(past.registered(github), past.linked(google));
    expect(leavesAWayIn(account, way(github), ['github'])).toBe(false);
    const suspended = holding(past.registered(github), past.linked(google), past.suspended(google));
    expect(leavesAWayIn(suspended, way(github), all)).toBe(false);
  });

  test('that is not there is judged by those that are', () => {
    expect(leavesAWayIn(holding(past.registered(github)), password, all)).toBe(true);
    expect(leavesAWayIn(holding(past.registered(github)), password, [])).toBe(false);
  });

  test('keeps a second identity of the same provider apart', () => {
    const another = { ...github, subject: '4712' };
    const account = holding(past.registered(github), past.linked(another));
    expect(leavesAWayIn(account, way(github), all)).toBe(true);
  });
});
