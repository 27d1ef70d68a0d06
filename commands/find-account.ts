import { signInIdentifier } from '../domain/account/sign-in-identifier.ts';
import type { Deps } from './deps.ts';
import type { LoadedAccount } from './load-account.ts';
import { accountHolding, livingOwner } from './sign-in.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The account an operator names by id, username or e-mail; undefined if there is none. */
export async function findAccount(deps: Deps, named: string): Promise<LoadedAccount | undefined> {
  if (uuid.test(named)) {
    const loaded = await deps.accounts.load(named);
    return loaded.account.status === 'absent' ? undefined : loaded;
  }
  const { kind, value } = signInIdentifier(named);
  const claim = { kind, key: deps.keyOf(kind, value) };
  const loaded = await accountHolding(deps, claim);
  return loaded && livingOwner(loaded, claim) && loaded;
}
