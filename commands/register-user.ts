import { registerUser as rule } from '../domain/account/register-user.ts';
import { canonicalEmail, canonicalUsername } from '../domain/canonical.ts';
import type { IssuedSession } from '../vault/vault.ts';
import { addressOf, causeOf, laneOf, limited, type Asking } from './asking.ts';
import type { AccountCommand } from './account-command.ts';
import type { Deps } from './deps.ts';
import { execute } from './execute.ts';
import { refused, type Limited, type Outcome, type Refused } from './outcome.ts';
import { signInAgain } from './sign-in-again.ts';
import { maySignUp } from './sign-up-policy.ts';

export interface RegisterUser extends Asking {
  /** Made of the form's `once`: a double click or a resend names the same account (F14). */
  readonly accountId: string;
  /** As people write it; the canonical form makes the claim. */
  readonly email: string;
  readonly username: string;
  readonly name: string;
  readonly password: string;
}

export interface Registered {
  readonly ok: true;
  readonly accountId: string;
  readonly issued: IssuedSession;
}

/**
 * Makes an account with a password and signs it in. Asked again with the same `once`, it signs in where everything
 * matches and the password verifies, and is refused as `already-registered` otherwise.
 * Refusals: `email-taken`, `username-taken`, `already-registered`, `sign-up-closed`. Throws Unavailable, TryAgain, `overloaded`.
 */
export async function registerUser(
  deps: Deps,
  input: RegisterUser,
): Promise<Registered | Refused | Limited> {
  const applicant = { via: 'form', provedEmail: null, email: input.email } as const;
  if (!maySignUp(deps.policy, applicant)) return refused({ code: 'sign-up-closed' });
  const spent = await limited(deps, [{ name: 'register-address', key: addressOf(input) }]);
  if (spent) return spent;
  if (deps.lookups.accountStatus(input.accountId) === 'active') return signInAgain(deps, input);

  const outcome = await execute(deps, await command(deps, input));
  if (!outcome.ok) return explained(deps, input, outcome);
  const { events } = outcome;
  const registered = events.find((event) => event.type === 'UserRegistered');
  if (registered?.method.kind !== 'password') return signInAgain(deps, input);
  const { credentialId } = registered.method;
  const issued = await deps.vault.sessions.start({
    accountId: input.accountId,
    keyId: registered.keyId,
    method: { kind: 'password', credentialId },
    provedRevision: outcome.revision,
    closing: false,
    at: deps.clock(),
    proof: 'password',
    device: input.from,
  });
  return { ok: true, accountId: input.accountId, issued };
}

async function command(deps: Deps, input: RegisterUser): Promise<AccountCommand> {
  const { accountId, from } = input;
  const { hash, prehashKeyId } = await deps.passwords.hash(input.password, laneOf(input));
  const cause = causeOf(deps, input);
  const email = { value: input.email, key: deps.keyOf('email', canonicalEmail(input.email)) };
  const canonicalName = canonicalUsername(input.username);
  const username = { value: canonicalName, key: deps.keyOf('username', canonicalName) };
  // Each attempt mints a data key and stores a credential of its own; the event names those that count.
  return {
    accountId,
    cause,
    fresh: true,
    decide: (account, attemptId) =>
      rule(
        {
          at: cause.at.toISOString(),
          from,
          attemptId,
          keyId: attemptId,
          email,
          username,
          name: input.name,
          method: { kind: 'password', credentialId: attemptId },
        },
        account,
      ),
    prepare: async (attemptId) => {
      const ids = { keyId: attemptId, accountId, attemptId };
      const minting = deps.vault.keys.mint(ids);
      const credential = { ...ids, credentialId: attemptId, hash, prehashKeyId };
      const [key] = await Promise.all([minting, deps.vault.credentials.put(credential)]);
      return key;
    },
    abandon: async (attemptId) => {
      await deps.vault.credentials.delete([attemptId]);
      await deps.vault.keys.erase(attemptId, accountId);
    },
  };
}

async function explained(
  deps: Deps,
  input: RegisterUser,
  outcome: Extract<Outcome, { ok: false }>,
): Promise<Registered | Refused | Limited> {
  const [{ code }] = outcome.refusals;
  if (code === 'already-registered') return signInAgain(deps, input);
  const spent = await limited(deps, [{ name: 'taken-address', key: addressOf(input) }]);
  return spent ?? outcome;
}
