import { describe, test } from 'vitest';
import { changeProfile } from '../../domain/account/change-profile.ts';
import * as past from '../support/account-events.ts';
import { given } from '../support/given.ts';

const toAnna = { ...past.asked, name: 'Anna' };
const closed = { ...past.registered(), personal: 'closed' } as const;

describe('changing the profile', () => {
  test('writes the new name', () =>
    given(past.registered())
      .when(changeProfile, toAnna)
      .then([past.profileChanged('Anna')]));

  test('writes nothing where the name is so already', () =>
    given(past.registered({ name: 'Anna' }))
      .when(changeProfile, toAnna)
      .thenNothing());

  test('writes the name where the old one cannot be read', () =>
    given(closed)
      .when(changeProfile, toAnna)
      .then([past.profileChanged('Anna')]));

  test('is refused where there is no account', () =>
    given().when(changeProfile, toAnna).thenRefused({ code: 'account-not-active' }));

  test('is refused while the account is closing', () =>
    given(past.registered(), past.deletionRequested())
      .when(changeProfile, toAnna)
      .thenRefused({ code: 'account-not-active' }));

  test('repeated adds nothing', () =>
    given(past.registered()).whenTwice(changeProfile, toAnna).thenNothing());
});
