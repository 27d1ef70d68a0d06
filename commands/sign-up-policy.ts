import type { IdentityProfile, ProviderName } from '../domain/account/events.ts';
import { username } from '../domain/account/form-values.ts';
import { canonical } from '../domain/canonical.ts';
import type { Policy } from './deps.ts';

/**
 * The one file where a deployment decides who may register and how a username is invented. Change it here;
 * `test/commands/sign-up-policy.test.ts` shows an example. SIGN_UP is read first and can only be narrowed.
 */

/** Somebody who wants an account. */
export interface Applicant {
  /** The form, or the provider whose identity opens the account. */
  readonly via: 'form' | ProviderName;
  /** An address the provider has proved; typed ones prove nothing. */
  readonly provedEmail: string | null;
  /** The address they typed, or the provider told; it proves nothing. */
  readonly email: string | null;
}

/** May this person open an account? */
export function maySignUp({ signUp }: Pick<Policy, 'signUp'>, applicant: Applicant): boolean {
  if (signUp === 'closed') return false;
  return signUp === 'open' || applicant.via === 'form';
}

/** A username to suggest, in the form rules allow; somebody may have it already, and the person may choose another. */
export function inventUsername({ handle, name, email }: IdentityProfile): string {
  const sources = [handle, email?.split('@')[0], name].map((source) => plainName(source ?? ''));
  return sources.find((plain) => username.safeParse(plain).success) ?? '';
}

const plainName = (source: string): string =>
  canonical(source)
    .normalize('NFD')
    .replace(/[^a-z0-9._-]/g, '')
    .replace(/^[._-]+/, '')
    .slice(0, 32);
