import { describe, test } from 'vitest';
import { removePassword } from '../../domain/account/remove-password.ts';
import * as past from '../support/account-events.ts';
import { given } from '../support/given.ts';

const remove = { ...past.asked, configured: ['github'] };
const github = { provider: 'github', subject: '4711' };

describe('removing the password', () => {
  test('takes it away where another way in is usable', () =>
    given(past.registered(), past.linked(github))
      .when(removePassword, remove)
      .then([past.passwordRemoved('credential-1')]));

  test('names the credential that counts now', () =>
    given(past.registered(), past.linked(github), past.passwordSet('credential-2', 'change'))
      .when(removePassword, remove)
      .then([past.passwordRemoved('credential-2')]));

  test('is refused when it is the last way in', () =>
    given(past.registered()).when(removePassword, remove).thenRefused({ code: 'last-way-in' }));

  test('is refused when every other way in is suspended', () =>
    given(past.registered(), past.linked(github), past.suspended(github))
      .when(removePassword, remove)
      .thenRefused({ code: 'last-way-in' }));

  test('is refused when no other provider is configured now', () =>
    given(past.registered(), past.linked(github))
      .when(removePassword, { ...remove, configured: ['google'] })
      .thenRefused({ code: 'last-way-in' }));

  test('is refused where there is none', () =>
    given(past.registered(github))
      .when(removePassword, remove)
      .thenRefused({ code: 'password-not-set' }));

  test('is refused where there is no account', () =>
    given().when(removePassword, remove).thenRefused({ code: 'account-not-active' }));

  test('is refused while the account is closing', () =>
    given(past.registered(), past.linked(github), past.deletionRequested())
      .when(removePassword, remove)
      .thenRefused({ code: 'account-not-active' }));

  test('repeated is refused and adds nothing', () =>
    given(past.registered(), past.linked(github))
      .whenTwice(removePassword, remove)
      .thenRefused({ code: 'password-not-set' }));
});
