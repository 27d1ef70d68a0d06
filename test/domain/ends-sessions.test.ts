import { describe, expect, test } from 'vitest';
import { endsSessions } from '../../domain/account/ends-sessions.ts';
import type { AccountEvent } from '../../domain/account/events.ts';
import * as past from '../support/account-events.ts';
import { accountOf } from '../support/given.ts';

const github = { provider: 'github', subject: '4711' };
const grant = { outcome: 'revoked', personal: {}, ...past.refOf(github) } as const;

const ending: readonly AccountEvent[] = [
  past.passwordSet('credential-2', 'change'),
  past.passwordSet('credential-2', 'recovery'),
  past.passwordRemoved('credential-1'),
  past.unlinked(github),
  past.suspended(github),
  past.deletionRequested(),
  past.accountDeleted(),
];
const sparing: readonly AccountEvent[] = [
  past.passwordSet('credential-2', 'set'),
  past.registered(),
  past.linked(github),
  past.restored(github),
  past.profileChanged('Bea'),
  past.emailChanged('bea@example.org'),
  past.usernameChanged('bea'),
  past.deletionCancelled(),
  past.fenced('attempt-lost'),
  { type: 'RoleGranted', role: 'auditor', personal: {} },
  { type: 'RoleRevoked', role: 'auditor', personal: {} },
  { type: 'GrantRevoked', ...grant },
];

const named = (event: AccountEvent) => [
  'reason' in event ? `${event.type} (${event.reason})` : event.type,
  event,
];

const afterwards = (event: AccountEvent): unknown =>
  accountOf(past.registered(), past.fenced('attempt-1'), past.fenced('attempt-2'), event);

describe('sessions proved before (H3)', () => {
  test.each(ending.map(named))('end with %s, at its revision', (_name, event) =>
    expect(afterwards(event as AccountEvent)).toHaveProperty('sessionsEndedAt', 3),
  );

  test.each(sparing.map(named))('live on after %s', (_name, event) =>
    expect(afterwards(event as AccountEvent)).toHaveProperty('sessionsEndedAt', -1),
  );

  test('are asked about event by event, by whoever follows the stream', () => {
    expect(ending.filter((event) => !endsSessions(event))).toEqual([]);
    expect(sparing.filter(endsSessions)).toEqual([]);
  });

  test('end again with a later ending event, and no other moves the mark', () => {
    const twice = accountOf(
      past.registered(),
      past.passwordSet('credential-2', 'change'),
      past.passwordSet('credential-3', 'change'),
      past.profileChanged('Bea'),
    );
    expect(twice).toHaveProperty('sessionsEndedAt', 2);
  });
});
