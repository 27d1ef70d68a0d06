import { describe, test } from 'vitest';
import type { UnlinkProvider } from '../../domain/account/commands.ts';
import { unlinkProvider } from '../../domain/account/unlink-provider.ts';
import * as past from '../support/account-events.ts';
import { given } from '../support/given.ts';

const github = { provider: 'github', subject: '4711' };
const google = { provider: 'google', subject: '0815' };

const unlink: UnlinkProvider = {
  ...past.asked,
  ...past.refOf(github),
  configured: ['github', 'google'],
  reason: 'asked',
};

describe('disconnecting a provider', () => {
  test('takes the identity away where a password remains', () =>
    given(past.registered(), past.linked(github))
      .when(unlinkProvider, unlink)
      .then([past.unlinked(github)]));

  test('takes the identity away where another identity remains', () =>
    given(past.registered(google), past.linked(github))
      .when(unlinkProvider, unlink)
      .then([past.unlinked(github)]));

  test('says why: moved to another account', () =>
    given(past.registered(), past.linked(github))
      .when(unlinkProvider, { ...unlink, reason: 'moved' })
      .then([past.unlinked(github, 'moved')]));

  test('notes with it what came of the consent, where that is known', () =>
    given(past.registered(), past.linked(github))
      .when(unlinkProvider, { ...unlink, grant: 'unsupported' })
      .then([past.unlinked(github), past.grantRevoked(github, 'unsupported')]));

  test('notes nothing of a consent where another provider was named', () =>
    given(past.registered(), past.linked(github))
      .when(unlinkProvider, { ...unlink, provider: 'google', grant: 'unsupported' })
      .then([past.unlinked(github)]));

  test('takes a suspended identity away where a password remains', () =>
    given(past.registered(), past.linked(github), past.suspended(github))
      .when(unlinkProvider, unlink)
      .then([past.unlinked(github)]));

  test('is refused when it is the last way in', () =>
    given(past.registered(github))
      .when(unlinkProvider, unlink)
      .thenRefused({ code: 'last-way-in' }));

  test('is refused when moving would take the last way in', () =>
    given(past.registered(github))
      .when(unlinkProvider, { ...unlink, reason: 'moved' })
      .thenRefused({ code: 'last-way-in' }));

  test('is refused when the other way in is suspended (H13: never justifies removing another)', () =>
    given(past.registered(github), past.linked(google), past.suspended(google, 'provider'))
      .when(unlinkProvider, unlink)
      .thenRefused({ code: 'last-way-in' }));

  test('is refused when the other provider is not configured now', () =>
    given(past.registered(github), past.linked(google))
      .when(unlinkProvider, { ...unlink, configured: ['github'] })
      .thenRefused({ code: 'last-way-in' }));

  test('is refused when the identity is not connected', () =>
    given(past.registered(), past.linked(google))
      .when(unlinkProvider, unlink)
      .thenRefused({ code: 'method-not-linked' }));

  test('is refused where there is no account', () =>
    given().when(unlinkProvider, unlink).thenRefused({ code: 'account-not-active' }));

  test('is refused while the account is closing', () =>
    given(past.registered(), past.linked(github), past.deletionRequested())
      .when(unlinkProvider, unlink)
      .thenRefused({ code: 'account-not-active' }));

  test('repeated is refused and adds nothing', () =>
    given(past.registered(), past.linked(github))
      .whenTwice(unlinkProvider, unlink)
      .thenRefused({ code: 'method-not-linked' }));

  test('of two last ways in at once, the second is refused on the history of the first (F12)', () =>
    given(past.registered(github), past.linked(google), past.unlinked(google))
      .when(unlinkProvider, unlink)
      .thenRefused({ code: 'last-way-in' }));
});
