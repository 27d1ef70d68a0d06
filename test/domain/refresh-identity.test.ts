import { describe, expect, test } from 'vitest';
import type { RefreshIdentity } from '../../domain/account/commands.ts';
import { refreshIdentity } from '../../domain/account/refresh-identity.ts';
import * as past from '../support/account-events.ts';
import { accountOf, given, minute } from '../support/given.ts';

const github = { provider: 'github', subject: '4711' };
const profile = { ...past.profileOf(github), handle: 'renamed' };
const refresh: RefreshIdentity = { ...past.asked, ...past.refOf(github), profile };

describe('reading again what a provider says of an identity', () => {
  test('notes what is new', () =>
    given(past.registered(), past.linked(github))
      .when(refreshIdentity, refresh)
      .then([past.refreshed(github, 'renamed')]));

  test('adds nothing where nothing is new', () =>
    given(past.registered(), past.linked(github))
      .when(refreshIdentity, { ...refresh, profile: past.profileOf(github) })
      .thenNothing());

  test('repeated adds nothing', () =>
    given(past.registered(), past.linked(github))
      .whenTwice(refreshIdentity, refresh)
      .thenNothing());

  test('is refused when the identity is not connected', () =>
    given(past.registered())
      .when(refreshIdentity, refresh)
      .thenRefused({ code: 'method-not-linked' }));

  test('is refused while it is suspended', () =>
    given(past.registered(), past.linked(github), past.suspended(github))
      .when(refreshIdentity, refresh)
      .thenRefused({ code: 'reconnect' }));

  test('is refused while the account is closing', () =>
    given(past.registered(), past.linked(github), past.deletionRequested())
      .when(refreshIdentity, refresh)
      .thenRefused({ code: 'account-not-active' }));

  test('changes what is shown of the way in, and nothing else of it', () => {
    const before = [past.registered(), past.linked(github)];
    expect(accountOf(...before, past.refreshed(github, 'renamed'))).toMatchObject({
      methods: [{}, { addedAt: minute(1), profile: { handle: 'renamed' }, suspended: null }],
      sessionsEndedAt: -1,
    });
  });
});
