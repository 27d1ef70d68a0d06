import type { IdentityMethod, Method, PasswordMethod } from './account.ts';

interface WithMethods {
  readonly methods: readonly Method[];
}

/** The account's password, if it has one; never more than one. */
export function passwordOf({ methods }: WithMethods): PasswordMethod | undefined {
  return methods.find((method) => method.kind === 'password');
}

/**
 * The account's way in by this identity. The identity alone decides: a provider name is a label that an
 * operator may change, the identity holds issuer and subject.
 */
export function identityOf(
  { methods }: WithMethods,
  identityId: string,
): IdentityMethod | undefined {
  return methods
    .filter((method) => method.kind === 'identity')
    .find((method) => method.identityId === identityId);
}
