import { describe, test } from 'vitest';
import { recoverPassword } from '../../domain/account/recover-password.ts';
import * as past from '../support/account-events.ts';
import { given } from '../support/given.ts';

const recover = { ...past.asked, attemptId: 'attempt-credential-2', credentialId: 'credential-2' };
const github = { provider: 'github', subject: '4711' };
const google = { provider: 'google', subject: '0815' };
const byAnother = { ...recover, attemptId: 'attempt-credential-3', credentialId: 'credential-3' };

describe('recovering by a one-time link', () => {
  test('replaces the password', () =>
    given(past.registered())
      .when(recoverPassword, recover)
      .then([past.passwordSet('credential-2', 'recovery')]));

  test('suspends every identity that was linked (2.6 trojan identifier)', () =>
    given(past.registered(), past.linked(github), past.linked(google))
      .when(recoverPassword, recover)
      .then([
        past.passwordSet('credential-2', 'recovery'),
        past.suspended(github),
        past.suspended(google),
      ]));

  test('gives an account that had only an identity a password', () =>
    given(past.registered(github))
      .when(recoverPassword, recover)
      .then([past.passwordSet('credential-2', 'recovery'), past.suspended(github)]));

  test('leaves what is suspended already as it is', () =>
    given(past.registered(), past.linked(github), past.suspended(github, 'provider'))
      .when(recoverPassword, recover)
      .then([past.passwordSet('credential-2', 'recovery')]));

  test('works while the account is closing', () =>
    given(past.registered(), past.deletionRequested())
      .when(recoverPassword, recover)
      .then([past.passwordSet('credential-2', 'recovery')]));

  test('is refused where there is no account', () =>
    given().when(recoverPassword, recover).thenRefused({ code: 'account-not-active' }));

  test('is refused once the account is deleted', () =>
    given(past.registered(), past.deletionRequested(), past.accountDeleted())
      .when(recoverPassword, recover)
      .thenRefused({ code: 'account-not-active' }));

  test('repeated adds nothing', () =>
    given(past.registered(), past.linked(github))
      .whenTwice(recoverPassword, recover)
      .thenNothing());

  test('repeated does not suspend again what its owner restored since', () =>
    given(
      past.registered(),
      past.linked(github),
      past.passwordSet('credential-2', 'recovery'),
      past.suspended(github),
      past.restored(github),
    )
      .when(recoverPassword, recover)
      .thenNothing());

  test('by another link sets yet another password', () =>
    given(past.registered(), past.passwordSet('credential-2', 'recovery'))
      .when(recoverPassword, byAnother)
      .then([past.passwordSet('credential-3', 'recovery')]));
});
