import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountEventParts, type AccountEvent } from '../../domain/account/events.ts';
import { auditEvent } from '../../domain/audit.ts';
import { claimEvent } from '../../domain/claim/claim.ts';
import { installationEvent } from '../../domain/installation.ts';
import { testKey } from '../support/account-events.ts';
import { history } from '../support/account-histories.ts';

const key = testKey('ann');

/** The event as a reader gets it back: each part through its schema. */
function reread({ type, personal, ...clear }: AccountEvent): unknown {
  const parts = accountEventParts[type];
  const stored = JSON.parse(JSON.stringify({ personal, clear })) as Record<string, unknown>;
  return {
    type,
    ...parts.clear.parse(stored['clear']),
    personal: parts.personal.parse(stored['personal']),
  };
}

describe('an event of an account', () => {
  test('comes back as the rules wrote it, whatever they wrote', () =>
    fc.assert(
      fc.property(history, (events) => {
        for (const event of events) expect(reread(event)).toEqual(event);
      }),
    ));

  test('holds nothing personal in its clear part', () =>
    fc.assert(
      fc.property(history, (events) => {
        for (const { personal: _personal, ...clear } of events) {
          expect(JSON.stringify(clear)).not.toMatch(/a\.org|192\.0\.2|handle-|"(Ann|Ben|ann|ben)"/);
        }
      }),
    ));

  test('keeps a field that a later version added out of the way', () => {
    const { clear } = accountEventParts.AttemptFenced;
    expect(clear.parse({ attemptId: 't1', later: 1 })).toEqual({ attemptId: 't1' });
  });

  test('is not read with a key that is none', () => {
    const { clear } = accountEventParts.EmailChanged;
    expect(clear.safeParse({ attemptId: 't1', emailKey: key }).success).toBe(true);
    expect(clear.safeParse({ attemptId: 't1', emailKey: 'ann@example.org' }).success).toBe(false);
  });
});

describe('an event of another stream', () => {
  test.each([
    ['Claimed', claimEvent, { type: 'Claimed', accountId: 'ann', attemptId: 't1' }],
    ['Released', claimEvent, { type: 'Released', attemptId: 't1', reason: 'undone' }],
    ['AccountViewed', auditEvent, { type: 'AccountViewed', auditorId: 'ann' }],
    ['AuditSearched', auditEvent, { type: 'AuditSearched', kind: 'email', key }],
    [
      'LogOpened',
      installationEvent,
      { type: 'LogOpened', logId: 'log-1', vaultId: 'vault-1', keyCheck: key },
    ],
  ])('%s is read whole, and not without any of its fields', (_type, schema, event) => {
    expect(schema.parse(event)).toEqual(event);
    for (const field of Object.keys(event)) {
      expect(schema.safeParse({ ...event, [field]: undefined }).success).toBe(false);
    }
  });

  test('is not read by a type that nobody knows', () =>
    expect(claimEvent.safeParse({ type: 'Stolen', attemptId: 't1' }).success).toBe(false));

  test('never holds what an auditor typed', () => {
    const search = { type: 'AuditSearched', kind: 'email', key: 'ann@example.org' };
    expect(auditEvent.safeParse(search).success).toBe(false);
  });
});
