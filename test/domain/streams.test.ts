import { describe, expect, test } from 'vitest';
import { testKey } from '../support/account-events.ts';
import {
  accountIdOf,
  accountStream,
  auditedIdOf,
  auditStream,
  claimOf,
  claimStream,
  installationStream,
  streamCategory,
} from '../../domain/streams.ts';

const accountId = '0f3c8f0e-7d0c-5c55-9f0b-4a8f5c9e1a11';
const key = testKey('ann');

describe('a stream name', () => {
  test('says what the stream is for, and gives its id back', () => {
    expect(accountIdOf(accountStream(accountId))).toBe(accountId);
    expect(auditedIdOf(auditStream(accountId))).toBe(accountId);
    expect(claimOf(claimStream('email', key))).toEqual({ kind: 'email', key });
    expect(claimOf(claimStream('username', key))).toEqual({ kind: 'username', key });
    expect(claimOf(claimStream('identity', key))).toEqual({ kind: 'identity', key });
    expect(streamCategory(accountStream(accountId))).toBe('account');
    expect(streamCategory(auditStream(accountId))).toBe('audit');
    expect(streamCategory(claimStream('email', key))).toBe('claim');
    expect(streamCategory(installationStream)).toBe('installation');
  });

  test('of a claim gives a key with dashes back whole', () => {
    const dashed = `-${'a-_'.repeat(14)}`;
    expect(claimOf(claimStream('identity', dashed))).toEqual({ kind: 'identity', key: dashed });
  });

  test.each([
    '',
    'account-',
    'audit-',
    'accounts-1',
    'installation-1',
    'claim-email-short',
    `claim-phone-${key}`,
    `claim-email-${key}x`,
    `xclaim-email-${key}`,
    '$all',
  ])('that is none of ours has no category: %j', (stream) => {
    expect(streamCategory(stream)).toBeUndefined();
    expect(claimOf(stream)).toBeUndefined();
  });

  test('of one kind is not taken for another', () => {
    expect(accountIdOf(auditStream(accountId))).toBeUndefined();
    expect(auditedIdOf(accountStream(accountId))).toBeUndefined();
  });
});
