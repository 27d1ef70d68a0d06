import { canonicalEmail, canonicalUsername } from '../domain/canonical.ts';
import type { Deps } from './deps.ts';
import { livingOwner } from './sign-in.ts';
import { refused, type Limited, type Refused } from './outcome.ts';
import type { Registered, RegisterUser } from './register-user.ts';
import { signIn } from './sign-in.ts';

/**
 * A register form that was sent before: it signs in only where e-mail and username are the account's and the
 * password verifies, within the limits of every sign-in; anything else is `already-registered` (F14).
 */
export async function signInAgain(
  deps: Deps,
  input: RegisterUser,
): Promise<Registered | Refused | Limited> {
  const loaded = await deps.accounts.load(input.accountId);
  const email = deps.keyOf('email', canonicalEmail(input.email));
  const username = deps.keyOf('username', canonicalUsername(input.username));
  const same =
    livingOwner(loaded, { kind: 'email', key: email }) &&
    livingOwner(loaded, { kind: 'username', key: username });
  if (!same) return refused({ code: 'already-registered' });
  const answer = await signIn(deps, { ...input, identifier: input.username });
  if (answer.ok) return answer;
  return answer.why === 'limited' ? answer : refused({ code: 'already-registered' });
}
