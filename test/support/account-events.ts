import { createHash } from 'node:crypto';
import type { IdentityRef } from '../../domain/account/commands.ts';
import type { EventOf, IdentityProfile } from '../../domain/account/events.ts';

/** Facts for tests: what matters to a test is said, the rest is made up, always the same. */

/** Stands in for a claim key: as long, as opaque, and the same for the same value. */
export const testKey = (value: string): string =>
  createHash('sha256').update(value).digest('base64url');

export interface Somebody {
  readonly provider: string;
  readonly subject: string;
}

export const refOf = ({ provider, subject }: Somebody): IdentityRef => ({
  provider,
  identityId: testKey(`${provider}:${subject}`),
});

export const profileOf = ({ provider, subject }: Somebody): IdentityProfile => ({
  issuer: `https://${provider}.example`,
  subject,
  handle: `handle-${subject}`,
});

export const keyed = (value: string) => ({ value, key: testKey(value.toLowerCase()) });

/** Where everybody in the tests asks from. */
export const here = { from: { ip: '192.0.2.1', userAgent: 'test' } };

/** What every command carries. */
export const asked = { at: '2026-01-01T12:00:00.000Z', ...here };

export interface Registration extends Partial<Somebody> {
  readonly email?: string | null;
  readonly username?: string;
  readonly name?: string;
  readonly credentialId?: string;
  readonly attemptId?: string;
}

/** By password; by an identity where `subject` is given. */
export function registered(person: Registration = {}): EventOf<'UserRegistered'> {
  const { email = 'ann@example.org', username = 'ann', name = 'Ann', provider = 'github' } = person;
  const { subject, credentialId = 'credential-1', attemptId = 'attempt-register' } = person;
  const identity = subject === undefined ? undefined : { provider, subject };
  return {
    type: 'UserRegistered',
    attemptId,
    keyId: 'key-1',
    emailKey: email === null ? null : keyed(email).key,
    usernameKey: keyed(username).key,
    method: identity
      ? { kind: 'identity', ...refOf(identity) }
      : { kind: 'password', credentialId, scheme: 'bcrypt-hmac-sha384' },
    personal: {
      email,
      username,
      name,
      ...(identity && { identity: profileOf(identity) }),
      ...here,
    },
  };
}

export const linked = (
  who: Somebody & { readonly attemptId?: string },
): EventOf<'ProviderLinked'> => ({
  type: 'ProviderLinked',
  attemptId: who.attemptId ?? `attempt-link-${who.subject}`,
  ...refOf(who),
  personal: { identity: profileOf(who), ...here },
});

export const unlinked = (
  who: Somebody,
  reason: EventOf<'ProviderUnlinked'>['reason'] = 'asked',
): EventOf<'ProviderUnlinked'> => ({
  type: 'ProviderUnlinked',
  ...refOf(who),
  reason,
  personal: here,
});

export const suspended = (
  who: Somebody,
  reason: EventOf<'MethodSuspended'>['reason'] = 'recovery',
): EventOf<'MethodSuspended'> => ({
  type: 'MethodSuspended',
  ...refOf(who),
  reason,
  personal: here,
});

export const restored = (who: Somebody): EventOf<'MethodRestored'> => ({
  type: 'MethodRestored',
  ...refOf(who),
  personal: here,
});

export const refreshed = (who: Somebody, handle: string): EventOf<'IdentityRefreshed'> => ({
  type: 'IdentityRefreshed',
  ...refOf(who),
  personal: { identity: { ...profileOf(who), handle }, ...here },
});

export const grantRevoked = (
  who: Somebody,
  outcome: EventOf<'GrantRevoked'>['outcome'] = 'revoked',
): EventOf<'GrantRevoked'> => ({ type: 'GrantRevoked', ...refOf(who), outcome, personal: {} });

export const passwordSet = (
  credentialId: string,
  reason: EventOf<'PasswordSet'>['reason'] = 'set',
): EventOf<'PasswordSet'> => ({
  type: 'PasswordSet',
  attemptId: `attempt-${credentialId}`,
  credentialId,
  scheme: 'bcrypt-hmac-sha384',
  reason,
  personal: here,
});

export const passwordRemoved = (credentialId: string): EventOf<'PasswordRemoved'> => ({
  type: 'PasswordRemoved',
  credentialId,
  personal: here,
});

export const profileChanged = (name: string): EventOf<'ProfileChanged'> => ({
  type: 'ProfileChanged',
  personal: { name, ...here },
});

export const emailChanged = (
  email: string,
  attemptId = `attempt-email-${email}`,
): EventOf<'EmailChanged'> => ({
  type: 'EmailChanged',
  attemptId,
  emailKey: keyed(email).key,
  personal: { email, ...here },
});

export const usernameChanged = (
  username: string,
  attemptId = `attempt-username-${username}`,
): EventOf<'UsernameChanged'> => ({
  type: 'UsernameChanged',
  attemptId,
  usernameKey: keyed(username).key,
  personal: { username, ...here },
});

export const deletionRequested = (
  eraseAt = '2026-02-01T00:00:00.000Z',
): EventOf<'DeletionRequested'> => ({ type: 'DeletionRequested', eraseAt, personal: here });

export const deletionCancelled = (): EventOf<'DeletionCancelled'> => ({
  type: 'DeletionCancelled',
  personal: here,
});

export const accountDeleted = (): EventOf<'AccountDeleted'> => ({
  type: 'AccountDeleted',
  personal: {},
});

export const fenced = (attemptId: string): EventOf<'AttemptFenced'> => ({
  type: 'AttemptFenced',
  attemptId,
  personal: {},
});

export const roleGranted = (by?: string): EventOf<'RoleGranted'> => ({
  type: 'RoleGranted',
  role: 'auditor',
  personal: { by },
});

export const roleRevoked = (by?: string): EventOf<'RoleRevoked'> => ({
  type: 'RoleRevoked',
  role: 'auditor',
  personal: { by },
});
