import { describe, test } from 'vitest';
import { deleteAccount } from '../../domain/account/delete-account.ts';
import * as past from '../support/account-events.ts';
import { given } from '../support/given.ts';

const eraseAt = '2026-01-08T12:00:00.000Z';
const deletion = { ...past.asked, eraseAt };

describe('asking for deletion', () => {
  test('says when the account will be erased', () =>
    given(past.registered())
      .when(deleteAccount, deletion)
      .then([past.deletionRequested(eraseAt)]));

  test('while one is under way moves nothing: a delay is never shortened', () =>
    given(past.registered(), past.deletionRequested('2026-03-01T00:00:00.000Z'))
      .when(deleteAccount, deletion)
      .thenNothing());

  test('works again after it was cancelled', () =>
    given(past.registered(), past.deletionRequested(), past.deletionCancelled())
      .when(deleteAccount, deletion)
      .then([past.deletionRequested(eraseAt)]));

  test('is refused where there is no account', () =>
    given().when(deleteAccount, deletion).thenRefused({ code: 'account-not-active' }));

  test('is refused once the account is deleted', () =>
    given(past.registered(), past.deletionRequested(), past.accountDeleted())
      .when(deleteAccount, deletion)
      .thenRefused({ code: 'account-not-active' }));

  test('repeated adds nothing', () =>
    given(past.registered()).whenTwice(deleteAccount, deletion).thenNothing());
});
