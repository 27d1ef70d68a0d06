import { describe, expect, test } from 'vitest';
import { replayClaim, type ClaimEvent } from '../../domain/claim/claim.ts';
import { minute } from '../support/given.ts';

const claimed = (accountId: string, attemptId: string): ClaimEvent => ({
  type: 'Claimed',
  accountId,
  attemptId,
});
const released = (attemptId: string): ClaimEvent => ({
  type: 'Released',
  attemptId,
  reason: 'undone',
});
const claimOf = (...events: readonly ClaimEvent[]) =>
  replayClaim(events.map((event, revision) => ({ event, revision, at: minute(revision) })));

describe('a claim', () => {
  test('is free before anybody claims it', () =>
    expect(claimOf()).toEqual({ status: 'free', revision: 'none' }));

  test('is claimed by an account and an attempt, since when', () =>
    expect(claimOf(claimed('a', 't1'))).toEqual({
      status: 'claimed',
      accountId: 'a',
      attemptId: 't1',
      at: minute(0),
      revision: 0,
    }));

  test('is free again once its attempt released it', () =>
    expect(claimOf(claimed('a', 't1'), released('t1'))).toEqual({ status: 'free', revision: 1 }));

  test('is the last claimant’s after a take-over', () =>
    expect(claimOf(claimed('a', 't1'), claimed('b', 't2'))).toMatchObject({
      accountId: 'b',
      attemptId: 't2',
      revision: 1,
    }));

  test('is not released by another attempt, which only moves the revision', () =>
    expect(claimOf(claimed('a', 't1'), claimed('b', 't2'), released('t1'))).toEqual({
      status: 'claimed',
      accountId: 'b',
      attemptId: 't2',
      at: minute(1),
      revision: 2,
    }));

  test('released twice is free', () =>
    expect(claimOf(claimed('a', 't1'), released('t1'), released('t1'))).toEqual({
      status: 'free',
      revision: 2,
    }));
});
