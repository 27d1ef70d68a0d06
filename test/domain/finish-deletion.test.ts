import { describe, test } from 'vitest';
import { finishDeletion } from '../../domain/account/finish-deletion.ts';
import * as past from '../support/account-events.ts';
import { given } from '../support/given.ts';

describe('finishing a deletion', () => {
  test('ends the account', () =>
    given(past.registered(), past.deletionRequested())
      .when(finishDeletion, past.asked)
      .then([past.accountDeleted()]));

  test('is refused where none is under way: nobody deletes an account that did not ask (H7)', () =>
    given(past.registered())
      .when(finishDeletion, past.asked)
      .thenRefused({ code: 'account-not-closing' }));

  test('is refused after it was cancelled', () =>
    given(past.registered(), past.deletionRequested(), past.deletionCancelled())
      .when(finishDeletion, past.asked)
      .thenRefused({ code: 'account-not-closing' }));

  test('is refused where there is no account', () =>
    given().when(finishDeletion, past.asked).thenRefused({ code: 'account-not-closing' }));

  test('repeated adds nothing: a second process finds it done', () =>
    given(past.registered(), past.deletionRequested())
      .whenTwice(finishDeletion, past.asked)
      .thenNothing());
});
