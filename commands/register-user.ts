import { registerUser as rule } from '../domain/account/register-user.ts';
import { canonicalEmail, canonicalUsername } from '../domain/canonical.ts';
import { faultCode } from '../eventstore/event-store.ts';
import type { PasswordHash } from '../vault/password-hasher.ts';
import type { IssuedSession, NewAccount } from '../vault/vault.ts';
import { addressOf, causeOf, laneOf, limited, type Asking } from './asking.ts';
import type { AccountCommand } from './account-command.ts';
import { inBackground } from './background.ts';
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

  const prepared: Prepared = new Map();
  const outcome = await execute(deps, await command(deps, input, prepared)).catch(
    (error: unknown) => {
      if (faultCode(error) === 'try-again') endUnissued(deps, input, prepared);
      throw error;
    },
  );
  if (!outcome.ok) return explained(deps, input, outcome);
  const registered = outcome.events.find((event) => event.type === 'UserRegistered');
  const issued = registered && prepared.get(registered.attemptId);
  if (!issued) return signInAgain(deps, input);
  return { ok: true, accountId: input.accountId, issued };
}

/** Sessions by the attempt that put each into the vault with its key: the one that commits has them signed in. */
type Prepared = Map<string, IssuedSession>;

/** Nobody was told its token. An attempt that still goes on is waited for: its session is nobody's, even if it commits. */
function endUnissued(deps: Deps, { accountId }: RegisterUser, prepared: Prepared): void {
  const end = async () => {
    for (const { sessionId } of prepared.values()) {
      await deps.vault.sessions.end(accountId, sessionId);
    }
  };
  inBackground(deps, 'tidying-vault', () => deps.queues.run(accountId, end));
}

async function command(
  deps: Deps,
  input: RegisterUser,
  prepared: Prepared,
): Promise<AccountCommand> {
  const { accountId, from } = input;
  const hashed = await deps.passwords.hash(input.password, laneOf(input));
  const cause = causeOf(deps, input);
  const email = { value: input.email, key: deps.keyOf('email', canonicalEmail(input.email)) };
  const canonicalName = canonicalUsername(input.username);
  const username = { value: canonicalName, key: deps.keyOf('username', canonicalName) };
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
    ...vaultRows(deps, input, { hashed, prepared }),
  };
}

/** Each attempt mints a key, stores a credential and a session of its own; the event names those that count. */
const vaultRows = (
  deps: Deps,
  input: RegisterUser,
  { hashed, prepared }: { readonly hashed: PasswordHash; readonly prepared: Prepared },
): Pick<AccountCommand, 'prepare' | 'abandon'> => ({
  prepare: async (attemptId) => {
    const { key, issued } = await deps.vault.prepareAccount({
      accountId: input.accountId,
      attemptId,
      keyId: attemptId,
      credential: { credentialId: attemptId, ...hashed },
      session: firstSession(deps, input, attemptId),
    });
    prepared.set(attemptId, issued);
    return key;
  },
  abandon: async (attemptId) => {
    await deps.vault.credentials.delete([attemptId]);
    await deps.vault.keys.erase(attemptId, input.accountId);
  },
});

/** Proved at the stream's beginning: what stands before a registration are fences, which end no session. */
const firstSession = (
  { clock }: Deps,
  { from }: RegisterUser,
  credentialId: string,
): NewAccount['session'] => ({
  method: { kind: 'password', credentialId },
  provedRevision: 0,
  closing: false,
  at: clock(),
  proof: 'password',
  device: from,
});

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
