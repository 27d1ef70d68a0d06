import type { Role } from '../domain/account/events.ts';
import { grantRole } from '../domain/account/grant-role.ts';
import { revokeRole } from '../domain/account/revoke-role.ts';
import type { Deps } from './deps.ts';
import { execute } from './execute.ts';
import type { Outcome } from './outcome.ts';

export interface ChangeRole {
  readonly accountId: string;
  readonly change: 'grant' | 'revoke';
  readonly role: Role;
  /** Who did it, in their own words; sealed with the account, told in its history. */
  readonly by?: string | undefined;
}

/**
 * An operator gives or takes a role. Whatever a role opens asks the account's stream each time, so it opens and
 * closes with this event. Refusals: `account-not-active`, `role-already-granted`, `role-not-granted`.
 */
export function changeRole(
  deps: Deps,
  { accountId, change, role, by }: ChangeRole,
): Promise<Outcome> {
  const at = deps.clock();
  const rule = change === 'grant' ? grantRole : revokeRole;
  return execute(deps, {
    accountId,
    cause: { actor: 'operator', requestId: deps.newId(), at },
    decide: (account) => rule({ at: at.toISOString(), role, by }, account),
  });
}
