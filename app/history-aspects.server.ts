import type { Account, IdentityMethod, LivingAccount } from '../domain/account/account.ts';
import type { PersonalValue } from './history-facts.server.ts';
import type { Told } from './pages/history-text.ts';
import { momentText as text } from './pages/moment-text.ts';
import { knownAs } from './ways-in.server.ts';
import { isLiving } from '../domain/account/is-living.ts';

/** One thing that can be said of an account, so that two moments can be laid side by side. */
export interface Aspect {
  /** What it is called on the page. */
  readonly label: string;
  /** Compared, never shown: two that are equal say the same. */
  readonly is: string;
  readonly told: Told;
}

/** What may be told of a moment, and to whom. */
export interface AspectReader {
  readonly labelOf: (provider: string) => string;
  readonly mayTell: (value: PersonalValue) => boolean;
}

/** Everything that is to be said of an account, by a key that the same thing has at every moment. */
export function aspectsOf(account: Account, reader: AspectReader): ReadonlyMap<string, Aspect> {
  const aspects = new Map<string, Aspect>([['status', statusOf(account)]]);
  if (!isLiving(account)) return aspects;
  for (const of of ['username', 'name', 'email'] as const) {
    aspects.set(of, profileAspect(account, of, reader));
  }
  for (const method of account.methods) {
    if (method.kind === 'password') {
      const { addedAt: is, credentialId } = method;
      aspects.set('password', {
        label: text.password,
        is: credentialId,
        told: text.passwordSet(is),
      });
    } else {
      aspects.set(`identity-${method.identityId}`, identityAspect(method, reader));
    }
  }
  for (const role of account.roles) {
    aspects.set(`role-${role}`, { label: text.role, is: role, told: role });
  }
  return aspects;
}

function statusOf(account: Account): Aspect {
  const told = account.status === 'closing' ? text.closing(account.eraseAt) : text[account.status];
  return { label: text.account, is: told, told };
}

function profileAspect(
  { profile }: LivingAccount,
  of: 'username' | 'name' | 'email',
  { mayTell }: AspectReader,
): Aspect {
  const label = text[of];
  if (profile === 'erased') return { label, is: 'erased', told: { untold: 'erased' } };
  if (profile === 'closed') return { label, is: 'closed', told: { untold: 'sealed' } };
  const value = profile[of];
  if (value === null) return { label, is: 'none', told: text.none };
  const told: Told = mayTell({ of, value }) ? value : { untold: 'hidden' };
  return { label, is: `value ${value}`, told };
}

function identityAspect(method: IdentityMethod, { labelOf, mayTell }: AspectReader): Aspect {
  const { provider, identityId, profile, suspended, addedAt } = method;
  const handle = knownAs(profile);
  const may = mayTell({ of: 'identity', identityId, called: handle });
  const is = JSON.stringify([addedAt, suspended, handle]);
  return { label: labelOf(provider), is, told: toldOf({ handle, may, suspended }) };
}

function toldOf(way: {
  readonly handle: string | undefined;
  readonly may: boolean;
  readonly suspended: string | null;
}): Told {
  if (!way.may) return { untold: 'hidden' };
  const known = way.handle ?? text.connected;
  return way.suspended ? text.resting(known) : known;
}
