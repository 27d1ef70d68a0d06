import { describe, expect, test } from 'vitest';
import { mayAudit } from '../../domain/account/may-audit.ts';
import { revokeRole } from '../../domain/account/revoke-role.ts';
import * as past from '../support/account-events.ts';
import { accountOf, given } from '../support/given.ts';

const fromAnn = { ...past.asked, role: 'auditor', by: 'Grace' } as const;
const auditor = [past.registered(), past.roleGranted()];

describe('taking a role back', () => {
  test('writes it into the account, with the name of who did it', () =>
    given(...auditor)
      .when(revokeRole, fromAnn)
      .then([past.roleRevoked('Grace')]));

  test('again is refused: the operator should hear that it was so already', () =>
    given(...auditor)
      .whenTwice(revokeRole, fromAnn)
      .thenRefused({ code: 'role-not-granted' }));

  test('is possible while the account is closing, so that cancelling brings nothing back', () =>
    given(...auditor, past.deletionRequested())
      .when(revokeRole, fromAnn)
      .then([past.roleRevoked('Grace')]));

  test('is refused for nobody, and for an account that is deleted', () => {
    given().when(revokeRole, fromAnn).thenRefused({ code: 'account-not-active' });
    given(...auditor, past.deletionRequested(), past.accountDeleted())
      .when(revokeRole, fromAnn)
      .thenRefused({ code: 'account-not-active' });
  });
});

describe('who may audit (H12)', () => {
  test.each([
    ['nobody', [], false],
    ['somebody without the role', [past.registered()], false],
    ['an auditor', auditor, true],
    ['somebody who was one', [...auditor, past.roleRevoked()], false],
    ['an auditor whose account is closing', [...auditor, past.deletionRequested()], false],
    [
      'an auditor who is deleted',
      [...auditor, past.deletionRequested(), past.accountDeleted()],
      false,
    ],
  ])('%s: as the account says now', (_who, events, may) =>
    expect(mayAudit(accountOf(...events))).toBe(may),
  );
});
