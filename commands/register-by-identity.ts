import { identityOf } from '../domain/account/account-methods.ts';
import { registerUser as rule } from '../domain/account/register-user.ts';
import { canonicalEmail, canonicalUsername } from '../domain/canonical.ts';
import type { Pending } from '../vault/vault-round-trips.ts';
import type { AccountCommand } from './account-command.ts';
import { accountIdOfOnce } from './account-id.ts';
import { fixAnswer, type PendingGone } from './answer-pending.ts';
import { addressOf, causeOf, limited, type Asking } from './asking.ts';
import type { Deps } from './deps.ts';
import { execute } from './execute.ts';
import { keepTokens } from './keep-tokens.ts';
import { refused, type Limited, type Refused } from './outcome.ts';
import { livingOwner, type SignedInAnswer } from './sign-in.ts';
import { signInByIdentity } from './sign-in-by-identity.ts';
import { maySignUp } from './sign-up-policy.ts';

export interface NewAccountForm {
  /** Empty for none. */
  readonly email: string;
  readonly username: string;
  readonly name: string;
}

/**
 * Makes the account that an unknown identity was promised, once the person said yes, and signs it in. The pending row's
 * id names the account, so the same answer again finds what it made. Never an existing one, whatever its e-mail is.
 * Refusals: `email-taken`, `username-taken`, `identity-taken`, `sign-up-closed`. Throws Unavailable, TryAgain.
 */
export async function registerByIdentity(
  deps: Deps,
  asking: Asking,
  { pending, form }: { readonly pending: Pending; readonly form: NewAccountForm },
): Promise<SignedInAnswer | Refused | Limited | PendingGone> {
  const { provider: via, provedEmail } = pending;
  const email = form.email === '' ? null : form.email;
  if (!maySignUp(deps.policy, { via, provedEmail, email }))
    return refused({ code: 'sign-up-closed' });
  const spent = await limited(deps, [{ name: 'register-address', key: addressOf(asking) }]);
  if (spent) return spent;
  // The same answer may come again with another username: it names the same account.
  const fixed = await fixAnswer(deps, pending, 'create');
  if ('ok' in fixed) return fixed;
  const accountId = accountIdOfOnce(pending.pendingId);
  const outcome = await execute(deps, command(deps, asking, { pending, form, accountId }));
  const made = !outcome.ok && outcome.refusals[0].code === 'already-registered';
  if (!outcome.ok && !made) return outcome;
  const holder = await deps.accounts.load(accountId);
  const account = livingOwner(holder, { kind: 'identity', key: pending.identityId });
  const method = account && identityOf(account, pending.identityId);
  if (!method) return refused({ code: 'already-registered' });
  await keepTokens(deps, { accountId, ...method }, pending.tokens);
  return signInByIdentity(deps, { asking, holder, account, method });
}

function command(
  deps: Deps,
  asking: Asking,
  made: { readonly pending: Pending; readonly form: NewAccountForm; readonly accountId: string },
): AccountCommand {
  const { pending, form, accountId } = made;
  const cause = causeOf(deps, asking);
  const username = canonicalUsername(form.username);
  const { provider, identityId, profile } = pending;
  return {
    accountId,
    cause,
    fresh: true,
    decide: (account, attemptId) =>
      rule(
        {
          at: cause.at.toISOString(),
          from: asking.from,
          attemptId,
          keyId: attemptId,
          email: form.email === '' ? null : keyed(deps, form.email),
          username: { value: username, key: deps.keyOf('username', username) },
          name: form.name,
          method: { kind: 'identity', provider, identityId, profile },
        },
        account,
      ),
    prepare: (attemptId) => deps.vault.keys.mint({ keyId: attemptId, accountId, attemptId }),
    abandon: (attemptId) => deps.vault.keys.erase(attemptId, accountId),
  };
}

const keyed = ({ keyOf }: Deps, email: string) => ({
  value: email,
  key: keyOf('email', canonicalEmail(email)),
});
