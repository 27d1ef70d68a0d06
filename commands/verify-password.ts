import { passwordOf } from '../domain/account/account-methods.ts';
import { laneOf, limited, type SignedIn } from './asking.ts';
import type { Deps } from './deps.ts';
import { wrongProof, type Limited, type WrongProof } from './outcome.ts';
import { inBackground } from './background.ts';
import type { Proof } from '../vault/vault.ts';
import type { LivingAccount } from '../domain/account/account.ts';

export interface ProvedPassword {
  readonly ok: true;
  readonly credentialId: string;
  readonly proof: Proof;
}

/** The password of somebody signed in, asked again: within a limit of its own, with exactly one hash. */
export async function verifyPassword(
  deps: Deps,
  asking: SignedIn & { readonly account: LivingAccount },
  password: string,
): Promise<ProvedPassword | Limited | WrongProof> {
  const { account, session } = asking;
  const budget = { name: 'reauth-account', key: session.accountId } as const;
  const spent = await limited(deps, [budget]);
  if (spent) return spent;
  const method = passwordOf(account);
  const credential = method && (await deps.vault.credentials.get(method.credentialId));
  const { matched } = await deps.passwords.verify(
    credential ?? null,
    password,
    laneOf(asking, session.accountId),
  );
  if (method && matched) {
    await deps.vault.limits.giveBack([budget]);
    const proof = { at: deps.clock(), how: 'password' } as const;
    return { ok: true, credentialId: method.credentialId, proof };
  }
  inBackground(deps, 'recording-activity', () =>
    deps.vault.activity.record({
      accountId: session.accountId,
      keyId: account.keyId,
      kind: 'reauthentication-refused',
      at: deps.clock(),
      method: { kind: 'password' },
      device: asking.from,
    }),
  );
  return wrongProof;
}
