import { describe, test } from 'vitest';
import { changeUsername } from '../../domain/account/change-username.ts';
import * as past from '../support/account-events.ts';
import { given } from '../support/given.ts';

const to = (username: string) => ({
  ...past.asked,
  attemptId: 'attempt-2',
  username: past.keyed(username),
});
const closed = { ...past.registered(), personal: 'closed' } as const;

describe('changing the username', () => {
  test('writes the new name under the attempt that claims it', () =>
    given(past.registered())
      .when(changeUsername, to('bea'))
      .then([past.usernameChanged('bea', 'attempt-2')]));

  test('writes nothing where the name is so already', () =>
    given(past.registered()).when(changeUsername, to('ann')).thenNothing());

  test('writes another spelling under the attempt that holds the claim: an unchanged key claims nothing', () =>
    given(past.registered({ username: 'Ann', attemptId: 'attempt-1' }))
      .when(changeUsername, to('ann'))
      .then([past.usernameChanged('ann', 'attempt-1')]));

  test('writes the name where the old one cannot be read', () =>
    given(closed)
      .when(changeUsername, to('ann'))
      .then([past.usernameChanged('ann', 'attempt-register')]));

  test('is refused where there is no account', () =>
    given().when(changeUsername, to('bea')).thenRefused({ code: 'account-not-active' }));

  test('is refused while the account is closing', () =>
    given(past.registered(), past.deletionRequested())
      .when(changeUsername, to('bea'))
      .thenRefused({ code: 'account-not-active' }));

  test('repeated adds nothing', () =>
    given(past.registered()).whenTwice(changeUsername, to('bea')).thenNothing());
});
