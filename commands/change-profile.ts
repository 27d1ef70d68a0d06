import { changeEmail } from '../domain/account/change-email.ts';
import { changeProfile as changeName } from '../domain/account/change-profile.ts';
import { changeUsername } from '../domain/account/change-username.ts';
import type { Account, LivingAccount } from '../domain/account/account.ts';
import { evolve } from '../domain/account/evolve.ts';
import type { AccountEvent } from '../domain/account/events.ts';
import type { AccountRefusal } from '../domain/account/refusals.ts';
import { canonicalEmail, canonicalUsername } from '../domain/canonical.ts';
import { ok, type Result } from '../domain/result.ts';
import { addressOf, causeOf, limited, type SignedIn } from './asking.ts';
import type { Deps } from './deps.ts';
import { execute } from './execute.ts';
import type { Limited, Outcome } from './outcome.ts';

/** What the profile form holds; an empty e-mail leaves the account's as it is. */
export interface ProfileForm {
  readonly username: string;
  readonly name: string;
  readonly email: string;
}

type Rule = (
  account: Account,
  attemptId: string,
) => Result<readonly AccountEvent[], AccountRefusal>;

/**
 * Changes name, username and e-mail in one append, all or nothing. The caller has made sure of a fresh proof where
 * the e-mail changes. Refusals: `username-taken`, `email-taken`, `session-ended`, `account-not-active`.
 */
export async function changeProfile(
  deps: Deps,
  asking: SignedIn,
  form: ProfileForm,
): Promise<Outcome | Limited> {
  const cause = causeOf(deps, asking);
  const told = { at: cause.at.toISOString(), from: asking.from };
  const usernameValue = canonicalUsername(form.username);
  const username = { value: usernameValue, key: deps.keyOf('username', usernameValue) };
  const { email: typed } = form;
  const email = typed !== '' && { value: typed, key: deps.keyOf('email', canonicalEmail(typed)) };
  const rules: Rule[] = [
    (account) => changeName({ ...told, name: form.name }, account),
    (account, attemptId) => changeUsername({ ...told, attemptId, username }, account),
  ];
  if (email)
    rules.push((account, attemptId) => changeEmail({ ...told, attemptId, email }, account));
  const outcome = await execute(deps, {
    accountId: asking.session.accountId,
    cause,
    session: asking.session,
    opened: true,
    decide: (account, attemptId) => inTurn(rules, account, attemptId),
  });
  if (outcome.ok || !outcome.refusals.some(({ code }) => code.endsWith('-taken'))) return outcome;
  return (await limited(deps, [{ name: 'taken-address', key: addressOf(asking) }])) ?? outcome;
}

/** Each rule decides on the account as the ones before it would leave it; the first refusal refuses all. */
function inTurn(
  rules: readonly Rule[],
  account: Account,
  attemptId: string,
): Result<readonly AccountEvent[], AccountRefusal> {
  const events: AccountEvent[] = [];
  let next = account;
  for (const rule of rules) {
    const decision = rule(next, attemptId);
    if (!decision.ok) return decision;
    events.push(...decision.value);
    next = decision.value.reduce(
      (state, event) => evolve(state, { event, revision: 0, at: '' }),
      next,
    );
  }
  return ok(events);
}

/** Would this value move the account's claim on an e-mail? Another spelling of the same one does not. */
export function changesEmail(
  { keyOf }: Pick<Deps, 'keyOf'>,
  account: LivingAccount,
  email: string,
): boolean {
  return email !== '' && keyOf('email', canonicalEmail(email)) !== account.email?.key;
}
