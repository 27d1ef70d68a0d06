import { newPerson, register, signIn, type Person } from '../../test/support/people.ts';
import { connect, CONNECTIONS, logOut } from '../../test/support/provider-trips.ts';
import { Left, type Visitor } from './visitor.ts';
import type { Tally } from './tally.ts';

/** What somebody was told is done, by the event that must stand in their account's stream. */
export type Acknowledged = 'UserRegistered' | 'ProfileChanged' | 'ProviderLinked';

/** Somebody who came, and what they were told. */
export interface Guest {
  readonly username: string;
  readonly acknowledged: Set<Acknowledged>;
  /** Whether they came to the end of what they wanted. */
  done: boolean;
}

/** A whole visit makes so many requests; two of them wait for a hash. */
export const REQUESTS_OF_A_VISIT = 20;

export const guestOf = ({ username }: Person): Guest => ({
  username,
  acknowledged: new Set(),
  done: false,
});

/**
 * What a person does: registers, looks round, changes their name, connects GitHub, signs out, signs in again, looks
 * round, signs out. Goes away at the first refusal; never throws.
 */
export async function visit(visitor: Visitor, guest: Guest, tally: Tally): Promise<void> {
  const person = newPerson({ username: guest.username });
  try {
    await register(visitor, person);
    guest.acknowledged.add('UserRegistered');
    await visitor.get('/');
    await visitor.get('/settings/history');
    await visitor.submit('/settings', { name: `${person.name} the Second` });
    guest.acknowledged.add('ProfileChanged');
    await connect(visitor, 'github');
    guest.acknowledged.add('ProviderLinked');
    await visitor.get(CONNECTIONS);
    await logOut(visitor);
    await signIn(visitor, person);
    await visitor.get('/');
    await visitor.get('/settings/sessions');
    await logOut(visitor);
    guest.done = true;
  } catch (error) {
    // What was refused or broke on the way was written down where it was seen.
    if (!(error instanceof Left)) tally.broke(error instanceof Error ? firstLine(error) : 'fault');
  } finally {
    visitor.leave();
  }
}

const firstLine = ({ message }: Error): string => (message.split('\n')[0] ?? '').slice(0, 100);
