import { describe, test } from 'vitest';
import { closeAtProvider } from '../../domain/account/close-at-provider.ts';
import type { CloseAtProvider } from '../../domain/account/commands.ts';
import * as past from '../support/account-events.ts';
import { given } from '../support/given.ts';

const facebook = { provider: 'facebook', subject: '12' };
const github = { provider: 'github', subject: '4711' };
const close: CloseAtProvider = {
  at: past.asked.at,
  ...past.refOf(facebook),
  configured: ['facebook', 'github'],
};
const without = { from: undefined };

describe('H13: a way in whose provider says that its person took their consent back', () => {
  test('goes where another stays usable', () =>
    given(past.registered(), past.linked(facebook))
      .when(closeAtProvider, close)
      .then([{ ...past.unlinked(facebook, 'provider'), personal: without }]));

  test('rests where it is the last', () =>
    given(past.registered(facebook))
      .when(closeAtProvider, close)
      .then([{ ...past.suspended(facebook, 'provider'), personal: without }]));

  test('rests where the others rest too: what is suspended never justifies removing another', () =>
    given(past.registered(facebook), past.linked(github), past.suspended(github, 'provider'))
      .when(closeAtProvider, close)
      .then([{ ...past.suspended(facebook, 'provider'), personal: without }]));

  test('rests while the account is closing', () =>
    given(past.registered(), past.linked(facebook), past.deletionRequested())
      .when(closeAtProvider, close)
      .then([{ ...past.suspended(facebook, 'provider'), personal: without }]));

  test('told again adds nothing', () =>
    given(past.registered(facebook)).whenTwice(closeAtProvider, close).thenNothing());

  test('is none where it is not connected, or there is no account', () => {
    given(past.registered())
      .when(closeAtProvider, close)
      .thenRefused({ code: 'method-not-linked' });
    given().when(closeAtProvider, close).thenRefused({ code: 'account-not-active' });
  });
});
