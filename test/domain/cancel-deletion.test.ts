import { describe, test } from 'vitest';
import { cancelDeletion } from '../../domain/account/cancel-deletion.ts';
import * as past from '../support/account-events.ts';
import { given } from '../support/given.ts';

describe('cancelling a deletion', () => {
  test('keeps the account', () =>
    given(past.registered(), past.deletionRequested())
      .when(cancelDeletion, past.asked)
      .then([past.deletionCancelled()]));

  test('is refused where none is under way', () =>
    given(past.registered())
      .when(cancelDeletion, past.asked)
      .thenRefused({ code: 'account-not-closing' }));

  test('is refused once the account is deleted', () =>
    given(past.registered(), past.deletionRequested(), past.accountDeleted())
      .when(cancelDeletion, past.asked)
      .thenRefused({ code: 'account-not-closing' }));

  test('is refused where there is no account', () =>
    given().when(cancelDeletion, past.asked).thenRefused({ code: 'account-not-closing' }));

  test('repeated is refused and adds nothing', () =>
    given(past.registered(), past.deletionRequested())
      .whenTwice(cancelDeletion, past.asked)
      .thenRefused({ code: 'account-not-closing' }));
});
