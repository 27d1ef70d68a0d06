import { describe, test } from 'vitest';
import { changePassword } from '../../domain/account/change-password.ts';
import * as past from '../support/account-events.ts';
import { given } from '../support/given.ts';

const change = {
  ...past.asked,
  attemptId: 'attempt-credential-2',
  credentialId: 'credential-2',
  provedCredentialId: 'credential-1',
};

describe('changing the password', () => {
  test('replaces the one that was proved', () =>
    given(past.registered())
      .when(changePassword, change)
      .then([past.passwordSet('credential-2', 'change')]));

  test('is refused where the proved password was replaced meanwhile (H3)', () =>
    given(past.registered(), past.passwordSet('credential-9', 'change'))
      .when(changePassword, change)
      .thenRefused({ code: 'session-ended' }));

  test('is refused where there is no password, before the proof is looked at', () =>
    given(past.registered({ subject: '4711' }))
      .when(changePassword, change)
      .thenRefused({ code: 'password-not-set' }));

  test('is refused where there is no account', () =>
    given().when(changePassword, change).thenRefused({ code: 'account-not-active' }));

  test('is refused while the account is closing', () =>
    given(past.registered(), past.deletionRequested())
      .when(changePassword, change)
      .thenRefused({ code: 'account-not-active' }));

  test('repeated adds nothing', () =>
    given(past.registered()).whenTwice(changePassword, change).thenNothing());
});
