import { describe, test } from 'vitest';
import type { RestoreMethod } from '../../domain/account/commands.ts';
import { restoreMethod } from '../../domain/account/restore-method.ts';
import * as past from '../support/account-events.ts';
import { given } from '../support/given.ts';

const github = { provider: 'github', subject: '4711' };
const restore: RestoreMethod = { ...past.asked, ...past.refOf(github), proved: false };
const proved: RestoreMethod = { ...restore, proved: true };

describe('restoring a way in', () => {
  test('opens again what a recovery suspended, when its owner asks', () =>
    given(past.registered(), past.linked(github), past.suspended(github))
      .when(restoreMethod, restore)
      .then([past.restored(github)]));

  test('opens again what the provider suspended, after a new round trip (H13)', () =>
    given(past.registered(), past.linked(github), past.suspended(github, 'provider'))
      .when(restoreMethod, proved)
      .then([past.restored(github)]));

  test('is refused when the provider suspended it and nothing was proved (H13)', () =>
    given(past.registered(), past.linked(github), past.suspended(github, 'provider'))
      .when(restoreMethod, restore)
      .thenRefused({ code: 'suspended-by-provider' }));

  test('is refused when the provider suspended it on top of a recovery (H13)', () =>
    given(
      past.registered(),
      past.linked(github),
      past.suspended(github, 'recovery'),
      past.suspended(github, 'provider'),
    )
      .when(restoreMethod, restore)
      .thenRefused({ code: 'suspended-by-provider' }));

  test('is refused when it is not suspended', () =>
    given(past.registered(), past.linked(github))
      .when(restoreMethod, proved)
      .thenRefused({ code: 'method-not-suspended' }));

  test('is refused when the identity is not connected', () =>
    given(past.registered())
      .when(restoreMethod, proved)
      .thenRefused({ code: 'method-not-linked' }));

  test('is refused where there is no account', () =>
    given().when(restoreMethod, restore).thenRefused({ code: 'account-not-active' }));

  test('is refused while the account is closing', () =>
    given(past.registered(), past.linked(github), past.suspended(github), past.deletionRequested())
      .when(restoreMethod, restore)
      .thenRefused({ code: 'account-not-active' }));

  test('repeated is refused and adds nothing', () =>
    given(past.registered(), past.linked(github), past.suspended(github))
      .whenTwice(restoreMethod, restore)
      .thenRefused({ code: 'method-not-suspended' }));
});
