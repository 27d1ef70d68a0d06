import { describe, expect, test } from 'vitest';
import type { AccountEvent } from '../../domain/account/events.ts';
import { recordGrantRevoked } from '../../domain/account/record-grant-revoked.ts';
import * as past from '../support/account-events.ts';
import { accountOf, given } from '../support/given.ts';

const github = { provider: 'github', subject: '4711' };
const facebook = { provider: 'facebook', subject: '12' };
const ref = past.refOf(github);
const both = [past.registered(github), past.linked(facebook)];
const ended = [past.deletionRequested(), past.accountDeleted()];
const dueAfter = (...events: readonly AccountEvent[]) => {
  const account = accountOf(...both, ...events);
  return account.status === 'absent' ? 'absent' : account.grantsDue;
};

describe('consents that a provider is still to be asked to forget', () => {
  test('are those that their owner disconnected', () => {
    expect(dueAfter()).toEqual([]);
    expect(dueAfter(past.unlinked(github))).toEqual([ref]);
    expect(dueAfter(past.unlinked(github), past.unlinked(facebook))).toHaveLength(2);
  });

  test('are none that moved, or that the provider took back itself', () => {
    expect(dueAfter(past.unlinked(github, 'moved'))).toEqual([]);
    expect(dueAfter(past.unlinked(github, 'provider'))).toEqual([]);
  });

  test('are none that were connected again meanwhile', () =>
    expect(dueAfter(past.unlinked(github), past.linked(github))).toEqual([]));

  test('are at the end of the account all that are left, but for what its provider closed', () => {
    expect(dueAfter(...ended)).toEqual([ref, past.refOf(facebook)]);
    expect(dueAfter(past.suspended(facebook, 'provider'), ...ended)).toEqual([ref]);
    expect(dueAfter(past.suspended(facebook), ...ended)).toHaveLength(2);
    expect(dueAfter(past.unlinked(facebook), ...ended)).toHaveLength(2);
  });

  test('are over once the answer stands there, before the end and after it', () => {
    expect(dueAfter(past.unlinked(github), past.grantRevoked(github))).toEqual([]);
    expect(dueAfter(...ended, past.grantRevoked(github))).toEqual([past.refOf(facebook)]);
  });
});

describe('recording that a consent was taken back', () => {
  const command = { ...ref, outcome: 'revoked' } as const;

  test('is done once', () => {
    const before = [...both, past.unlinked(github)];
    given(...before)
      .when(recordGrantRevoked, command)
      .then([past.grantRevoked(github)]);
    given(...before, past.grantRevoked(github))
      .when(recordGrantRevoked, command)
      .thenNothing();
  });

  test('is done after the end of the account too', () =>
    given(...both, ...ended)
      .when(recordGrantRevoked, { ...command, outcome: 'failed' })
      .then([past.grantRevoked(github, 'failed')]));

  test('is nothing while the identity is connected', () =>
    given(...both)
      .when(recordGrantRevoked, command)
      .thenNothing());

  test('is refused where there is no account', () =>
    given().when(recordGrantRevoked, command).thenRefused({ code: 'account-not-active' }));
});
