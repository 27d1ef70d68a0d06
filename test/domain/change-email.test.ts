import { describe, test } from 'vitest';
import { changeEmail } from '../../domain/account/change-email.ts';
import * as past from '../support/account-events.ts';
import { given } from '../support/given.ts';

const to = (email: string, attemptId = 'attempt-2') => ({
  ...past.asked,
  attemptId,
  email: past.keyed(email),
});
const closed = { ...past.registered(), personal: 'closed' } as const;

describe('changing the e-mail', () => {
  test('writes the new e-mail under the attempt that claims it', () =>
    given(past.registered())
      .when(changeEmail, to('bea@example.org'))
      .then([past.emailChanged('bea@example.org', 'attempt-2')]));

  test('gives an account without an e-mail its first', () =>
    given(past.registered({ email: null }))
      .when(changeEmail, to('bea@example.org'))
      .then([past.emailChanged('bea@example.org', 'attempt-2')]));

  test('writes nothing where the e-mail is so already', () =>
    given(past.registered()).when(changeEmail, to('ann@example.org')).thenNothing());

  test('writes another spelling under the attempt that holds the claim: an unchanged key claims nothing', () =>
    given(past.registered({ attemptId: 'attempt-1' }))
      .when(changeEmail, to('Ann@Example.org'))
      .then([past.emailChanged('Ann@Example.org', 'attempt-1')]));

  test('names the attempt of the last change when the spelling changes later', () =>
    given(past.registered(), past.emailChanged('bea@example.org', 'attempt-1'))
      .when(changeEmail, to('Bea@example.org'))
      .then([past.emailChanged('Bea@example.org', 'attempt-1')]));

  test('writes the e-mail where the old one cannot be read', () =>
    given(closed)
      .when(changeEmail, to('ann@example.org'))
      .then([past.emailChanged('ann@example.org', 'attempt-register')]));

  test('is refused where there is no account', () =>
    given().when(changeEmail, to('bea@example.org')).thenRefused({ code: 'account-not-active' }));

  test('is refused while the account is closing', () =>
    given(past.registered(), past.deletionRequested())
      .when(changeEmail, to('bea@example.org'))
      .thenRefused({ code: 'account-not-active' }));

  test('repeated adds nothing', () =>
    given(past.registered()).whenTwice(changeEmail, to('bea@example.org')).thenNothing());

  test('repeated with another spelling adds nothing', () =>
    given(past.registered()).whenTwice(changeEmail, to('Ann@Example.org')).thenNothing());
});
