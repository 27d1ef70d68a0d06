import { describe, expect, test } from 'vitest';
import type { AccountEvent } from '../../domain/account/events.ts';
import { attemptFate, ownedClaims } from '../../domain/account/owned-claims.ts';
import { judgeClaim, type Holder } from '../../domain/claim/judge-claim.ts';
import * as past from '../support/account-events.ts';
import { accountOf, minute } from '../support/given.ts';

const claim = {
  status: 'claimed',
  accountId: 'ann',
  attemptId: 'attempt-1',
  at: minute(10),
  revision: 0,
} as const;
const annsKey = past.keyed('ann@example.org').key;

/** What an account says that went through these events. */
function says(...events: readonly AccountEvent[]): Holder {
  const account = accountOf(...events);
  return {
    ownsKey: ownedClaims(account).some(({ key }) => key === annsKey),
    fate: attemptFate(events, claim.attemptId),
    deleted: account.status === 'deleted',
  };
}

const silent = says();
const later = (milliseconds: number) => new Date(Date.parse(claim.at) + milliseconds).toISOString();
const ben = (now = later(1_000)) => ({ accountId: 'ben', now });
const ann = (now = later(1_000)) => ({ accountId: 'ann', now });

const registered = past.registered({ attemptId: 'attempt-1' });
const moved = past.emailChanged('bea@example.org', 'attempt-2');

describe('a claim is', () => {
  test('held where the account owns the key, for everybody and however old', () => {
    expect(judgeClaim(claim, says(registered), ben(later(1e9)))).toBe('held');
    expect(judgeClaim(claim, says(registered), ann())).toBe('held');
  });

  test('held where the account owns the key by an earlier attempt', () =>
    expect(judgeClaim({ ...claim, attemptId: 'attempt-7' }, says(registered), ben())).toBe('held'));

  test('held while the owner is closing', () =>
    expect(judgeClaim(claim, says(registered, past.deletionRequested()), ben())).toBe('held'));

  test('stale where the attempt committed and the key was given up since, under lease too', () =>
    expect(judgeClaim(claim, says(registered, moved), ben())).toBe('stale'));

  test('stale where the account is deleted, whatever became of the attempt', () => {
    const deleted = [registered, past.deletionRequested(), past.accountDeleted()];
    expect(judgeClaim(claim, says(...deleted), ben())).toBe('stale');
    const never = { ...silent, deleted: true };
    expect(judgeClaim(claim, never, ben())).toBe('stale');
  });

  test('dead where the attempt is fenced, under lease too, also before there is an account', () =>
    expect(judgeClaim(claim, says(past.fenced('attempt-1')), ben())).toBe('dead'));

  test('not dead by the fence of another attempt', () =>
    expect(judgeClaim(claim, says(past.fenced('attempt-9')), ben())).toBe('in-flight'));

  test('not held through another key of the account', () =>
    expect(judgeClaim(claim, says(past.registered({ email: 'eve@example.org' })), ben())).toBe(
      'in-flight',
    ));

  test('in flight for another account while nothing is said and the lease runs', () => {
    expect(judgeClaim(claim, silent, ben(later(0)))).toBe('in-flight');
    expect(judgeClaim(claim, silent, ben(later(59_999)))).toBe('in-flight');
  });

  test('undecided once the lease of 60 s has run out', () =>
    expect(judgeClaim(claim, silent, ben(later(60_000)))).toBe('undecided'));

  test('undecided for the claimant’s own account at once', () =>
    expect(judgeClaim(claim, silent, ann(later(0)))).toBe('undecided'));

  test('in flight no longer than the lease where the clock was set back (F22)', () => {
    expect(judgeClaim(claim, silent, ben(later(-30_000)))).toBe('in-flight');
    expect(judgeClaim(claim, silent, ben(later(-3_600_000)))).toBe('undecided');
  });

  test('undecided where its time cannot be read', () =>
    expect(judgeClaim({ ...claim, at: 'once' }, silent, ben())).toBe('undecided'));
});
