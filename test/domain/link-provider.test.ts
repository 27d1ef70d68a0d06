import { describe, test } from 'vitest';
import type { LinkProvider } from '../../domain/account/commands.ts';
import { linkProvider } from '../../domain/account/link-provider.ts';
import * as past from '../support/account-events.ts';
import { given } from '../support/given.ts';

const github = { provider: 'github', subject: '4711' };
const another = { provider: 'github', subject: '4712' };

const link: LinkProvider = {
  ...past.asked,
  attemptId: 'attempt-2',
  ...past.refOf(github),
  profile: past.profileOf(github),
};

describe('connecting a provider', () => {
  test('adds the identity under the attempt that claims it', () =>
    given(past.registered())
      .when(linkProvider, link)
      .then([past.linked({ ...github, attemptId: 'attempt-2' })]));

  test('adds a second identity of the same provider', () =>
    given(past.registered(), past.linked(another))
      .when(linkProvider, link)
      .then([past.linked({ ...github, attemptId: 'attempt-2' })]));

  test('adds nothing where the identity is connected already', () =>
    given(past.registered(), past.linked(github)).when(linkProvider, link).thenNothing());

  test('adds nothing where the account was opened with that identity', () =>
    given(past.registered(github)).when(linkProvider, link).thenNothing());

  test('restores what a recovery suspended', () =>
    given(past.registered(), past.linked(github), past.suspended(github))
      .when(linkProvider, link)
      .then([past.restored(github)]));

  test('restores what the provider suspended: a new round trip proves it (H13)', () =>
    given(past.registered(), past.linked(github), past.suspended(github, 'provider'))
      .when(linkProvider, link)
      .then([past.restored(github)]));

  test('notes a renamed provider under the attempt that holds the claim', () =>
    given(past.registered(), past.linked({ ...github, attemptId: 'attempt-1' }))
      .when(linkProvider, { ...link, provider: 'ghe' })
      .then([{ ...past.linked({ ...github, attemptId: 'attempt-1' }), provider: 'ghe' }]));

  test('is refused where there is no account', () =>
    given().when(linkProvider, link).thenRefused({ code: 'account-not-active' }));

  test('is refused while the account is closing', () =>
    given(past.registered(), past.deletionRequested())
      .when(linkProvider, link)
      .thenRefused({ code: 'account-not-active' }));

  test('repeated adds nothing', () =>
    given(past.registered()).whenTwice(linkProvider, link).thenNothing());
});
