import { describe, expect, test } from 'vitest';
import type { LivingAccount } from '../../domain/account/account.ts';
import { evolve, replay } from '../../domain/account/evolve.ts';
import type { AccountEvent } from '../../domain/account/events.ts';
import * as past from '../support/account-events.ts';
import { accountOf, factsOf, minute } from '../support/given.ts';

const github = { provider: 'github', subject: '4711' };
const google = { provider: 'google', subject: '0815' };

function living(...events: readonly AccountEvent[]): LivingAccount {
  const account = accountOf(...events);
  if (account.status === 'active' || account.status === 'closing') return account;
  throw new Error(`the account is ${account.status}`);
}

describe('an account', () => {
  test('is absent before it is registered, also where fences stand', () => {
    expect(accountOf()).toEqual({ status: 'absent' });
    expect(accountOf(past.fenced('attempt-lost'))).toEqual({ status: 'absent' });
  });

  test('registered by password holds what was written', () => {
    expect(accountOf(past.registered())).toEqual({
      status: 'active',
      keyId: 'key-1',
      registeredAt: minute(0),
      email: { key: past.keyed('ann@example.org').key, attemptId: 'attempt-register' },
      username: { key: past.keyed('ann').key, attemptId: 'attempt-register' },
      profile: { email: 'ann@example.org', username: 'ann', name: 'Ann' },
      methods: [{ kind: 'password', credentialId: 'credential-1', addedAt: minute(0) }],
      roles: [],
      grantsDue: [],
      sessionsEndedAt: -1,
    });
  });

  test('registered by an identity holds it as its way in, under the attempt that claimed it', () => {
    const account = living(past.registered({ ...github, email: null }));
    expect(account.email).toBeNull();
    expect(account.methods).toEqual([
      {
        kind: 'identity',
        ...past.refOf(github),
        attemptId: 'attempt-register',
        addedAt: minute(0),
        movedAt: null,
        suspended: null,
        profile: past.profileOf(github),
      },
    ]);
  });

  test('takes a new name, e-mail and username with the attempts that claimed them', () => {
    const account = living(
      past.registered(),
      past.profileChanged('Bea'),
      past.emailChanged('bea@example.org', 'attempt-2'),
      past.usernameChanged('bea', 'attempt-3'),
    );
    expect(account).toMatchObject({
      email: { key: past.keyed('bea@example.org').key, attemptId: 'attempt-2' },
      username: { key: past.keyed('bea').key, attemptId: 'attempt-3' },
      profile: { email: 'bea@example.org', username: 'bea', name: 'Bea' },
    });
  });

  test('keeps its claims when only its name changes', () => {
    const { email, username } = living(past.registered());
    expect(living(past.registered(), past.profileChanged('Bea'))).toMatchObject({
      email,
      username,
    });
  });

  test('is closing from the request until the deletion is cancelled', () => {
    const asked = [past.registered(), past.deletionRequested('2026-01-09T00:00:00.000Z')];
    expect(accountOf(...asked)).toMatchObject({
      status: 'closing',
      eraseAt: '2026-01-09T00:00:00.000Z',
      deletionRequestedAt: minute(1),
      deletionRequestedBy: null,
    });
    const cancelled = accountOf(...asked, past.deletionCancelled());
    expect(cancelled).toMatchObject({ status: 'active', sessionsEndedAt: 1 });
    expect(Object.keys(cancelled)).toEqual(Object.keys(accountOf(past.registered())));
  });

  test('deleted remembers what it owned, so that a crash leaves nothing locked (F2)', () => {
    const register = past.registered({ ...github, attemptId: 'attempt-1' });
    const account = accountOf(register, past.deletionRequested(), past.accountDeleted());
    expect(account).toEqual({
      status: 'deleted',
      keyId: 'key-1',
      deletedAt: minute(2),
      sessionsEndedAt: 2,
      owned: [
        { kind: 'email', key: past.keyed('ann@example.org').key, attemptId: 'attempt-1' },
        { kind: 'username', key: past.keyed('ann').key, attemptId: 'attempt-1' },
        { kind: 'identity', key: past.refOf(github).identityId, attemptId: 'attempt-1' },
      ],
      grantsDue: [past.refOf(github)],
    });
  });

  test('deleted stays deleted, whatever is written after', () => {
    const ended = [past.registered(), past.deletionRequested(), past.accountDeleted()];
    const after = [past.registered(), past.linked(github), past.deletionCancelled()];
    expect(accountOf(...ended, ...after)).toEqual(accountOf(...ended));
  });

  test('registered twice is the first one', () => {
    const second = past.registered({ email: 'eve@example.org', username: 'eve' });
    expect(accountOf(past.registered(), second)).toEqual(accountOf(past.registered()));
  });

  test('holds a role once, from its grant until it is revoked', () => {
    const granted = { type: 'RoleGranted', role: 'auditor', personal: {} } as const;
    const revoked = { type: 'RoleRevoked', role: 'auditor', personal: {} } as const;
    expect(living(past.registered(), granted, granted).roles).toEqual(['auditor']);
    expect(living(past.registered(), granted, revoked).roles).toEqual([]);
  });

  test('folds by revision and never by time (F22: a clock set back changes nothing)', () => {
    const facts = factsOf([past.registered(), past.passwordSet('credential-2', 'change')]);
    const setBack = facts.map((fact, index) => ({ ...fact, at: minute(1000 - index) }));
    expect(replay(setBack)).toMatchObject({
      sessionsEndedAt: 1,
      methods: [{ credentialId: 'credential-2' }],
    });
  });

  test('is folded on from wherever a snapshot stands', () => {
    const facts = factsOf([past.registered(), past.linked(github), past.unlinked(github)]);
    const halfway = replay(facts.slice(0, 2));
    expect(facts.slice(2).reduce(evolve, halfway)).toEqual(replay(facts));
  });
});

describe('ways in', () => {
  test('stand in the order they were added', () => {
    const account = living(past.registered(), past.linked(google), past.linked(github));
    expect(
      account.methods.map((way) => (way.kind === 'identity' ? way.provider : 'password')),
    ).toEqual(['password', 'google', 'github']);
  });

  test('keep one password: a new one replaces the old, dated anew', () => {
    const account = living(past.registered(), past.passwordSet('credential-2', 'change'));
    expect(account.methods).toEqual([
      { kind: 'password', credentialId: 'credential-2', addedAt: minute(1) },
    ]);
  });

  test('lose a removed password and an unlinked identity, and nothing else', () => {
    const account = living(
      past.registered(),
      past.linked(github),
      past.linked(google),
      past.passwordRemoved('credential-1'),
      past.unlinked(github),
    );
    expect(account.methods).toMatchObject([{ ...past.refOf(google), addedAt: minute(2) }]);
  });

  test('are suspended and restored one by one', () => {
    const linked = [past.registered(), past.linked(github), past.linked(google)];
    const suspended = living(...linked, past.suspended(github));
    expect(suspended.methods).toMatchObject([{}, { suspended: 'recovery' }, { suspended: null }]);
    const restored = living(...linked, past.suspended(github), past.restored(github));
    expect(restored.methods).toMatchObject([{}, { suspended: null }, { suspended: null }]);
  });

  test('suspended by a provider stay so when a recovery suspends them too, in either order', () => {
    const linked = [past.registered(), past.linked(github)];
    const by = (reason: 'recovery' | 'provider') => past.suspended(github, reason);
    for (const order of [
      [by('recovery'), by('provider')],
      [by('provider'), by('recovery')],
    ]) {
      expect(living(...linked, ...order).methods).toMatchObject([{}, { suspended: 'provider' }]);
    }
  });

  test('linked again under a new provider name change place with themselves', () => {
    const renamed = { ...past.linked({ ...github, attemptId: 'attempt-1' }), provider: 'ghe' };
    const account = living(
      past.registered(),
      past.linked({ ...github, attemptId: 'attempt-1' }),
      past.linked(google),
      renamed,
    );
    expect(account.methods).toMatchObject([{}, { provider: 'ghe' }, { provider: 'google' }]);
  });
});

describe('a profile', () => {
  const closed = { ...past.registered(), personal: 'closed' } as const;
  const erased = { ...past.registered(), personal: 'erased' } as const;
  const nameErased = { ...past.profileChanged('Bea'), personal: 'erased' } as const;
  const nameClosed = { ...past.profileChanged('Bea'), personal: 'closed' } as const;

  test('is closed while any part of it was not opened', () => {
    expect(living(closed).profile).toBe('closed');
    expect(living(closed, past.profileChanged('Bea')).profile).toBe('closed');
    expect(living(past.registered(), nameClosed).profile).toBe('closed');
  });

  test('is erased once any part is, whatever else is closed (F21)', () => {
    expect(living(erased, past.profileChanged('Bea')).profile).toBe('erased');
    expect(living(closed, nameErased).profile).toBe('erased');
    expect(living(erased, nameClosed).profile).toBe('erased');
  });

  test('of an identity is closed or erased by itself', () => {
    const { methods } = living({ ...past.registered(github), personal: 'erased' });
    expect(methods).toMatchObject([{ ...past.refOf(github), profile: 'erased' }]);
    const again = living(past.registered(), { ...past.linked(github), personal: 'closed' });
    expect(again.methods).toMatchObject([{}, { profile: 'closed' }]);
  });

  test('of an identity that its event forgot is read as closed', () => {
    const { personal } = past.registered();
    const { methods } = living({ ...past.registered(github), personal });
    expect(methods).toMatchObject([{ profile: 'closed' }]);
  });
});
