import { describe, test } from 'vitest';
import type { SuspendMethod } from '../../domain/account/commands.ts';
import { suspendMethod } from '../../domain/account/suspend-method.ts';
import * as past from '../support/account-events.ts';
import { given } from '../support/given.ts';

const facebook = { provider: 'facebook', subject: '99' };
const byFacebook: SuspendMethod = {
  ...past.asked,
  ...past.refOf(facebook),
  reason: 'provider',
};
const byRecovery: SuspendMethod = { ...byFacebook, reason: 'recovery' };

describe('suspending a way in', () => {
  test('closes it without removing it (H13)', () =>
    given(past.registered(), past.linked(facebook))
      .when(suspendMethod, byFacebook)
      .then([past.suspended(facebook, 'provider')]));

  test('asks for no other way in: what its provider took back opens nothing', () =>
    given(past.registered(facebook))
      .when(suspendMethod, byFacebook)
      .then([past.suspended(facebook, 'provider')]));

  test('works while the account is closing', () =>
    given(past.registered(), past.linked(facebook), past.deletionRequested())
      .when(suspendMethod, byFacebook)
      .then([past.suspended(facebook, 'provider')]));

  test('by the provider outweighs a recovery', () =>
    given(past.registered(), past.linked(facebook), past.suspended(facebook, 'recovery'))
      .when(suspendMethod, byFacebook)
      .then([past.suspended(facebook, 'provider')]));

  test('by a recovery adds nothing to what the provider said', () =>
    given(past.registered(), past.linked(facebook), past.suspended(facebook, 'provider'))
      .when(suspendMethod, byRecovery)
      .thenNothing());

  test('is refused when the identity is not connected', () =>
    given(past.registered())
      .when(suspendMethod, byFacebook)
      .thenRefused({ code: 'method-not-linked' }));

  test('is refused where there is no account', () =>
    given().when(suspendMethod, byFacebook).thenRefused({ code: 'account-not-active' }));

  test('is refused once the account is deleted', () =>
    given(past.registered(facebook), past.deletionRequested(), past.accountDeleted())
      .when(suspendMethod, byFacebook)
      .thenRefused({ code: 'account-not-active' }));

  test('repeated adds nothing, whoever asks', () => {
    const history = given(past.registered(), past.linked(facebook));
    history.whenTwice(suspendMethod, byFacebook).thenNothing();
    history.whenTwice(suspendMethod, byRecovery).thenNothing();
  });
});
