import { describe, test } from 'vitest';
import type { RegisterUser } from '../../domain/account/commands.ts';
import { registerUser } from '../../domain/account/register-user.ts';
import * as past from '../support/account-events.ts';
import { given } from '../support/given.ts';

const github = { provider: 'github', subject: '4711' };

const byPassword: RegisterUser = {
  ...past.asked,
  attemptId: 'attempt-register',
  keyId: 'key-1',
  email: past.keyed('Ann@example.org'),
  username: past.keyed('ann'),
  name: 'Ann',
  method: { kind: 'password', credentialId: 'credential-1' },
};
const byGithub: RegisterUser = {
  ...byPassword,
  email: null,
  method: { kind: 'identity', ...past.refOf(github), profile: past.profileOf(github) },
};

describe('registering', () => {
  test('opens an account with a password', () =>
    given()
      .when(registerUser, byPassword)
      .then([past.registered({ email: 'Ann@example.org' })]));

  test('opens an account with an identity, without an e-mail', () =>
    given()
      .when(registerUser, byGithub)
      .then([past.registered({ ...github, email: null })]));

  test('writes the identity once in clear: its key, never its subject', ({ expect }) => {
    const decision = registerUser(byGithub, { status: 'absent' });
    const [event] = decision.ok ? decision.value : [];
    const { personal: _personal, ...clear } = event ?? past.accountDeleted();
    expect(JSON.stringify(clear)).not.toContain(github.subject);
  });

  test('opens an account whose stream begins with a fence of another attempt', () =>
    given(past.fenced('attempt-lost'))
      .when(registerUser, byPassword)
      .then([past.registered({ email: 'Ann@example.org' })]));

  test('is refused where the account exists (F14: a double click makes one account)', () =>
    given(past.registered())
      .when(registerUser, byPassword)
      .thenRefused({ code: 'already-registered' }));

  test('is refused for an id that was deleted: an id is never used again', () =>
    given(past.registered(), past.deletionRequested(), past.accountDeleted())
      .when(registerUser, byPassword)
      .thenRefused({ code: 'already-registered' }));

  test('repeated is refused and adds nothing', () =>
    given().whenTwice(registerUser, byPassword).thenRefused({ code: 'already-registered' }));
});
