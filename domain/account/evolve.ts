import { unreachable } from '../result.ts';
import type { Account, AccountFact, DeletedAccount, LivingAccount, Profile } from './account.ts';
import { endsSessions } from './ends-sessions.ts';
import type { EventOf, Role } from './events.ts';
import { evolveMethods } from './evolve-methods.ts';
import { evolveProfile } from './evolve-profile.ts';
import { grantsDueAfter } from './grants-due.ts';
import { livingClaims } from './living-claims.ts';

/**
 * One more fact of the stream. Pure, and never throws on an event that parsed, whatever stands before it: a fact
 * that makes no sense where it stands changes nothing. Only revisions order facts; times are told, not compared.
 */
export function evolve(account: Account, fact: AccountFact): Account {
  if (account.status === 'absent') return registered(account, fact);
  const grantsDue = grantsDueAfter(account, fact.event);
  if (account.status === 'deleted') return { ...account, grantsDue };

  const next = evolveLiving(account, fact);
  const ends = endsSessions(fact.event);
  if (!ends && grantsDue === next.grantsDue) return next;
  return { ...next, grantsDue, sessionsEndedAt: ends ? fact.revision : next.sessionsEndedAt };
}

/** The account after these facts, in the order of their revisions. */
export const replay = (facts: Iterable<AccountFact>): Account =>
  [...facts].reduce<Account>(evolve, { status: 'absent' });

const blank: Profile = { email: null, username: '', name: '' };

function registered(absent: Account, fact: AccountFact): Account {
  const { event, at } = fact;
  if (event.type !== 'UserRegistered') return absent;

  const { attemptId, emailKey, usernameKey } = event;
  return {
    status: 'active',
    keyId: event.keyId,
    registeredAt: at,
    email: emailKey === null ? null : { key: emailKey, attemptId },
    username: { key: usernameKey, attemptId },
    profile: evolveProfile(blank, event),
    methods: evolveMethods([], event, at),
    roles: [],
    grantsDue: [],
    sessionsEndedAt: -1,
  };
}

function evolveLiving(account: LivingAccount, fact: AccountFact): LivingAccount | DeletedAccount {
  const { event, at } = fact;
  switch (event.type) {
    case 'ProviderLinked':
    case 'ProviderUnlinked':
    case 'MethodSuspended':
    case 'MethodRestored':
    case 'IdentityRefreshed':
    case 'PasswordSet':
    case 'PasswordRemoved':
      return { ...account, methods: evolveMethods(account.methods, event, at) };
    case 'ProfileChanged':
    case 'EmailChanged':
    case 'UsernameChanged':
      return {
        ...account,
        ...movedKey(event),
        profile: evolveProfile(account.profile, event),
      };
    case 'DeletionRequested':
      return closing(account, event, at);
    case 'DeletionCancelled':
      return revived(account);
    case 'AccountDeleted':
      return deleted(account, fact);
    case 'RoleGranted':
      return { ...account, roles: [...without(account.roles, event.role), event.role] };
    case 'RoleRevoked':
      return { ...account, roles: without(account.roles, event.role) };
    case 'UserRegistered':
    case 'GrantRevoked':
    case 'AttemptFenced':
      return account;
    default:
      return unreachable(event);
  }
}

function movedKey(
  event: EventOf<'ProfileChanged' | 'EmailChanged' | 'UsernameChanged'>,
): Partial<Pick<LivingAccount, 'email' | 'username'>> {
  if (event.type === 'ProfileChanged') return {};
  const { attemptId } = event;
  return event.type === 'EmailChanged'
    ? { email: { key: event.emailKey, attemptId } }
    : { username: { key: event.usernameKey, attemptId } };
}

const without = (roles: readonly Role[], role: Role) => roles.filter((held) => held !== role);

const closing = (
  account: LivingAccount,
  { eraseAt, method }: EventOf<'DeletionRequested'>,
  at: string,
): LivingAccount => ({
  ...account,
  status: 'closing',
  eraseAt,
  deletionRequestedAt: at,
  deletionRequestedBy: method ?? null,
});

function revived(account: LivingAccount): LivingAccount {
  if (account.status === 'active') return account;
  const {
    eraseAt: _eraseAt,
    deletionRequestedAt: _requestedAt,
    deletionRequestedBy: _requestedBy,
    ...held
  } = account;
  return { ...held, status: 'active' };
}

const deleted = (account: LivingAccount, { at, revision }: AccountFact): DeletedAccount => ({
  status: 'deleted',
  keyId: account.keyId,
  deletedAt: at,
  sessionsEndedAt: revision,
  owned: livingClaims(account),
  grantsDue: account.grantsDue,
});
