import { describe, test } from 'vitest';
import { grantRole } from '../../domain/account/grant-role.ts';
import * as past from '../support/account-events.ts';
import { given } from '../support/given.ts';

const toAnn = { ...past.asked, role: 'auditor', by: 'Grace' } as const;

describe('giving a role', () => {
  test('writes it into the account, with the name of who did it', () =>
    given(past.registered())
      .when(grantRole, toAnn)
      .then([past.roleGranted('Grace')]));

  test('again is refused: the operator should hear that it was so already', () =>
    given(past.registered())
      .whenTwice(grantRole, toAnn)
      .thenRefused({ code: 'role-already-granted' }));

  test('is possible again after it was taken back', () =>
    given(past.registered(), past.roleGranted(), past.roleRevoked())
      .when(grantRole, toAnn)
      .then([past.roleGranted('Grace')]));

  test('is refused for nobody', () =>
    given().when(grantRole, toAnn).thenRefused({ code: 'account-not-active' }));

  test('is refused while the account is closing', () =>
    given(past.registered(), past.deletionRequested())
      .when(grantRole, toAnn)
      .thenRefused({ code: 'account-not-active' }));

  test('is refused for an account that is deleted', () =>
    given(past.registered(), past.deletionRequested(), past.accountDeleted())
      .when(grantRole, toAnn)
      .thenRefused({ code: 'account-not-active' }));
});
