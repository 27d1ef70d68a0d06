import { describe, test } from 'vitest';
import { finishDeletion } from '../../domain/account/finish-deletion.ts';
import * as past from '../support/account-events.ts';
import { given } from '../support/given.ts';

const asked = { ...past.asked, why: 'asked' } as const;
const due = { ...past.asked, why: 'due' } as const;
const listed = { ...past.asked, why: 'listed' } as const;

describe('finishing a deletion', () => {
  test('ends the account', () =>
    given(past.registered(), past.deletionRequested())
      .when(finishDeletion, asked)
      .then([past.accountDeleted()]));

  test('is refused where none is under way: nobody deletes an account that did not ask (H7)', () =>
    given(past.registered())
      .when(finishDeletion, asked)
      .thenRefused({ code: 'account-not-closing' }));

  test('is refused after it was cancelled', () =>
    given(past.registered(), past.deletionRequested(), past.deletionCancelled())
      .when(finishDeletion, asked)
      .thenRefused({ code: 'account-not-closing' }));

  test('is refused where there is no account', () =>
    given().when(finishDeletion, asked).thenRefused({ code: 'account-not-closing' }));

  test('repeated adds nothing: a second process finds it done', () =>
    given(past.registered(), past.deletionRequested())
      .whenTwice(finishDeletion, asked)
      .thenNothing());
});

describe('finishing a deletion that nobody asks to finish', () => {
  test('ends the account once its days of grace are over', () =>
    given(past.registered(), past.deletionRequested(due.at))
      .when(finishDeletion, due)
      .then([past.accountDeleted()]));

  test('is refused before', () =>
    given(past.registered(), past.deletionRequested('2026-01-01T12:00:00.001Z'))
      .when(finishDeletion, due)
      .thenRefused({ code: 'deletion-not-due' }));

  test('counts the days of the request that stands: one cancelled and made again runs anew (H7)', () =>
    given(
      past.registered(),
      past.deletionRequested(due.at),
      past.deletionCancelled(),
      past.deletionRequested('2026-01-08T12:00:00.000Z'),
    )
      .when(finishDeletion, due)
      .thenRefused({ code: 'deletion-not-due' }));
});

describe('an account on the erased list that a restored log shows alive', () => {
  test('ends again, whether it is open or closing', () => {
    given(past.registered()).when(finishDeletion, listed).then([past.accountDeleted()]);
    given(past.registered(), past.deletionRequested())
      .when(finishDeletion, listed)
      .then([past.accountDeleted()]);
  });

  test('is left where the log does not know it, or knows that it ended', () => {
    given().when(finishDeletion, listed).thenNothing();
    given(past.registered()).whenTwice(finishDeletion, listed).thenNothing();
  });
});
