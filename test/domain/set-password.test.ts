import { describe, test } from 'vitest';
import { setPassword } from '../../domain/account/set-password.ts';
import * as past from '../support/account-events.ts';
import { given } from '../support/given.ts';

const first = { ...past.asked, attemptId: 'attempt-credential-2', credentialId: 'credential-2' };
const byGithub = past.registered({ subject: '4711' });

describe('setting a first password', () => {
  test('adds it to an account that has none', () =>
    given(byGithub)
      .when(setPassword, first)
      .then([past.passwordSet('credential-2')]));

  test('is refused where one exists: replacing asks for the old (allauth 0.34.0)', () =>
    given(past.registered())
      .when(setPassword, first)
      .thenRefused({ code: 'password-already-set' }));

  test('is allowed again after the password was removed', () =>
    given(byGithub, past.passwordSet('credential-1'), past.passwordRemoved('credential-1'))
      .when(setPassword, first)
      .then([past.passwordSet('credential-2')]));

  test('is refused where there is no account', () =>
    given().when(setPassword, first).thenRefused({ code: 'account-not-active' }));

  test('is refused while the account is closing', () =>
    given(byGithub, past.deletionRequested())
      .when(setPassword, first)
      .thenRefused({ code: 'account-not-active' }));

  test('repeated adds nothing', () => given(byGithub).whenTwice(setPassword, first).thenNothing());
});
