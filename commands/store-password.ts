import type { Account } from '../domain/account/account.ts';
import type { SetPassword } from '../domain/account/commands.ts';
import type { AccountEvent } from '../domain/account/events.ts';
import type { AccountRefusal } from '../domain/account/refusals.ts';
import type { Result } from '../domain/result.ts';
import type { AccountCommand } from './account-command.ts';
import { causeOf, laneOf, type Asking } from './asking.ts';
import type { Deps } from './deps.ts';
import { execute } from './execute.ts';
import type { PasswordHash } from '../vault/password-hasher.ts';
import type { Refused } from './outcome.ts';

export interface NewCredential {
  readonly accountId: string;
  readonly keyId: string;
  /** Of the session that asks; none for a recovery link. */
  readonly session?: AccountCommand['session'];
  readonly rule: (
    command: SetPassword,
    account: Account,
  ) => Result<readonly AccountEvent[], AccountRefusal>;
}

export type NewPassword = NewCredential & { readonly password: string };
export type NewHash = NewCredential & { readonly hashed: PasswordHash };

export interface StoredPassword {
  readonly ok: true;
  readonly revision: number;
  readonly credentialId: string;
}

/** Hashes a new password and stores it. */
export async function storePassword(
  deps: Deps,
  asking: Asking,
  { password, ...credential }: NewPassword,
): Promise<StoredPassword | Refused> {
  const hashed = await deps.passwords.hash(password, laneOf(asking, credential.accountId));
  return storeHash(deps, asking, { ...credential, hashed });
}

/**
 * Writes the vault, then the event that names the credential: a crash leaves an unreferenced row, never a
 * lie. Each attempt stores a credential of its own, named after it.
 */
export async function storeHash(
  deps: Deps,
  asking: Asking,
  { accountId, keyId, hashed, session, rule }: NewHash,
): Promise<StoredPassword | Refused> {
  const cause = causeOf(deps, asking);
  const at = cause.at.toISOString();
  const outcome = await execute(deps, {
    accountId,
    cause,
    session,
    decide: (account, attemptId) =>
      rule({ at, from: asking.from, attemptId, credentialId: attemptId }, account),
    prepare: async (attemptId) => {
      const credential = { credentialId: attemptId, accountId, ...hashed };
      await deps.vault.credentials.put({ ...credential, keyId, attemptId });
      return undefined;
    },
    abandon: (attemptId) => deps.vault.credentials.delete([attemptId]),
  });
  if (!outcome.ok) return outcome;
  const set = outcome.events.find((event) => event.type === 'PasswordSet');
  if (!set) throw new Error('a password that was stored has its event');
  return { ok: true, revision: outcome.revision, credentialId: set.credentialId };
}
