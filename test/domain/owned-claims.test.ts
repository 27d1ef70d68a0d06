import { describe, expect, test } from 'vitest';
import {
  attemptFate,
  newClaims,
  ownedClaims,
  releasedClaims,
} from '../../domain/account/owned-claims.ts';
import * as past from '../support/account-events.ts';
import { accountOf } from '../support/given.ts';

const github = { provider: 'github', subject: '4711' };
const google = { provider: 'google', subject: '0815' };

const email = (value: string, attemptId: string) => ({
  kind: 'email',
  key: past.keyed(value).key,
  attemptId,
});
const username = (value: string, attemptId: string) => ({
  ...email(value, attemptId),
  kind: 'username',
});
const identity = (who: typeof github, attemptId: string) => ({
  kind: 'identity',
  key: past.refOf(who).identityId,
  attemptId,
});

const ann = past.registered({ attemptId: 'attempt-1' });
const annsClaims = [email('ann@example.org', 'attempt-1'), username('ann', 'attempt-1')];

describe('owned claims', () => {
  test('are none before registration and none after deletion', () => {
    expect(ownedClaims(accountOf())).toEqual([]);
    const deleted = accountOf(ann, past.deletionRequested(), past.accountDeleted());
    expect(ownedClaims(deleted)).toEqual([]);
  });

  test('are e-mail, username and identities, each with the attempt that took it', () =>
    expect(
      ownedClaims(
        accountOf(ann, past.linked(github), past.emailChanged('b@example.org', 'attempt-2')),
      ),
    ).toEqual([
      email('b@example.org', 'attempt-2'),
      username('ann', 'attempt-1'),
      identity(github, 'attempt-link-4711'),
    ]));

  test('hold no e-mail where there is none', () =>
    expect(
      ownedClaims(accountOf(past.registered({ email: null, attemptId: 'attempt-1' }))),
    ).toEqual([username('ann', 'attempt-1')]));

  test('stay owned while suspended and while closing', () => {
    const closing = accountOf(
      ann,
      past.linked(github),
      past.suspended(github),
      past.deletionRequested(),
    );
    expect(ownedClaims(closing)).toEqual([...annsClaims, identity(github, 'attempt-link-4711')]);
  });
});

describe('new claims', () => {
  test('of a registration are its e-mail, username and identity', () => {
    const events = [past.registered({ ...github, attemptId: 'attempt-1' })];
    expect(newClaims({ status: 'absent' }, events)).toEqual([
      ...annsClaims,
      identity(github, 'attempt-1'),
    ]);
  });

  test('of a change are the changed keys only', () =>
    expect(
      newClaims(accountOf(ann), [
        past.emailChanged('b@example.org', 'attempt-2'),
        past.profileChanged('B'),
      ]),
    ).toEqual([email('b@example.org', 'attempt-2')]));

  test('are none where only the spelling changes: an unchanged key claims nothing', () =>
    expect(newClaims(accountOf(ann), [past.emailChanged('ANN@example.org', 'attempt-1')])).toEqual(
      [],
    ));
});

describe('released claims', () => {
  test('of a change are the old keys, by the attempt that took them', () => {
    const events = [
      past.emailChanged('b@example.org', 'attempt-2'),
      past.usernameChanged('bea', 'attempt-2'),
    ];
    expect(releasedClaims(accountOf(ann), events)).toEqual(annsClaims);
  });

  test('are none where only the spelling changes', () =>
    expect(
      releasedClaims(accountOf(ann), [past.emailChanged('ANN@example.org', 'attempt-1')]),
    ).toEqual([]));

  test('of a key taken again by another attempt are the hold of the first', () => {
    const again = [past.emailChanged('ann@example.org', 'attempt-2')];
    expect(releasedClaims(accountOf(ann), again)).toEqual([email('ann@example.org', 'attempt-1')]);
    expect(newClaims(accountOf(ann), again)).toEqual([email('ann@example.org', 'attempt-2')]);
  });

  test('of an unlink are that identity alone', () => {
    const before = accountOf(ann, past.linked(github), past.linked(google));
    expect(releasedClaims(before, [past.unlinked(github)])).toEqual([
      identity(github, 'attempt-link-4711'),
    ]);
  });

  test('of a deletion are all of them', () => {
    const closing = accountOf(ann, past.deletionRequested());
    expect(releasedClaims(closing, [past.accountDeleted()])).toEqual(annsClaims);
  });

  test('are none for a request to delete, a suspension or a fence', () => {
    const before = accountOf(ann, past.linked(github));
    const events = [past.suspended(github), past.fenced('attempt-9'), past.deletionRequested()];
    expect(releasedClaims(before, events)).toEqual([]);
  });
});

describe('the fate of an attempt', () => {
  test('is none while no event carries it', () =>
    expect(attemptFate([ann, past.fenced('attempt-3')], 'attempt-2')).toBe('none'));

  test('is committed by any event that carries it', () => {
    expect(attemptFate([ann], 'attempt-1')).toBe('committed');
    expect(attemptFate([ann, past.passwordSet('2', 'change')], 'attempt-2')).toBe('committed');
  });

  test('is fenced where only a fence carries it', () =>
    expect(attemptFate([ann, past.fenced('attempt-2')], 'attempt-2')).toBe('fenced'));

  test('stays committed whatever fence follows: the account stream made it true', () =>
    expect(attemptFate([ann, past.fenced('attempt-1')], 'attempt-1')).toBe('committed'));
});
