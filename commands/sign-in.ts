import type { LivingAccount, PasswordMethod } from '../domain/account/account.ts';
import { passwordOf } from '../domain/account/account-methods.ts';
import { ownedClaims } from '../domain/account/owned-claims.ts';
import { signInIdentifier } from '../domain/account/sign-in-identifier.ts';
import type { Credential, IssuedSession } from '../vault/vault.ts';
import { addressOf, laneOf, limited, type Asking, type Budget } from './asking.ts';
import { inBackground } from './background.ts';
import { readClaim, type ClaimKey } from './claims.ts';
import type { Deps } from './deps.ts';
import { revisionOf, type LoadedAccount } from './load-account.ts';
import { wrongProof, type Limited, type WrongProof } from './outcome.ts';
import { isLiving } from '../domain/account/is-living.ts';

export interface SignIn extends Asking {
  /** A username or an e-mail, in any spelling. */
  readonly identifier: string;
  readonly password: string;
}

export interface SignedInAnswer {
  readonly ok: true;
  readonly accountId: string;
  readonly issued: IssuedSession;
  /** The account is closing: this session may only cancel or finish that. */
  readonly closing: boolean;
}

/**
 * Signs in by password. One answer for every reason it is refused, and exactly one hash on every branch
 * (ASVS 6.3.8). Throws Unavailable and `overloaded`.
 */
export async function signIn(
  deps: Deps,
  input: SignIn,
): Promise<SignedInAnswer | Limited | WrongProof> {
  const claim = identifierClaim(deps, input.identifier);
  // Read before the proof is checked: a change that lands meanwhile ends the session (H3).
  const loaded = await accountHolding(deps, claim);
  const account = loaded && livingOwner(loaded, claim);
  const budgets = signInBudgets(input, claim, account && loaded.accountId);
  const spent = await limited(deps, budgets);
  if (spent) return spent;

  const method = account && passwordOf(account);
  const credential = method && (await deps.vault.credentials.get(method.credentialId));
  const lane = laneOf(input, account && loaded.accountId);
  const { matched, outdated } = await deps.passwords.verify(
    credential ?? null,
    input.password,
    lane,
  );
  if (!account || !method) return wrongProof;
  const seen = { deps, input, loaded, account };
  if (!matched || !credential) {
    recordRefusal(seen);
    return wrongProof;
  }
  await deps.vault.limits.giveBack(budgets);
  if (outdated) upgradeHash(deps, input, credential);
  return startSession(seen, method);
}

function identifierClaim({ keyOf }: Deps, identifier: string): ClaimKey {
  const { kind, value } = signInIdentifier(identifier);
  return { kind, key: keyOf(kind, value) };
}

/** The index is a hint; on a miss the claim stream is asked, so no reader waits for a projection (H2). */
export async function accountHolding(
  deps: Deps,
  claim: ClaimKey,
): Promise<LoadedAccount | undefined> {
  const hint = deps.lookups.accountByKey(claim.kind, claim.key);
  const hinted = hint === undefined ? undefined : await deps.accounts.load(hint);
  if (hinted && livingOwner(hinted, claim)) return hinted;
  const { claim: holder } = await readClaim(deps.store, claim);
  return holder.status === 'claimed' ? deps.accounts.load(holder.accountId) : undefined;
}

/** The account, if it lives and its own stream says that it owns exactly this key. */
export function livingOwner(
  { account }: LoadedAccount,
  { kind, key }: ClaimKey,
): LivingAccount | undefined {
  if (!isLiving(account)) return undefined;
  const owns = ownedClaims(account).some((claim) => claim.kind === kind && claim.key === key);
  return owns ? account : undefined;
}

/**
 * Keyed by what was typed, alike whether an account has it: budgets shared by an account's e-mail and username
 * would tell that the two belong together.
 */
function signInBudgets(input: SignIn, { key }: ClaimKey, accountId?: string): Budget[] {
  const known = accountId !== undefined && input.knows(accountId);
  if (known) return [{ name: 'sign-in-account-known', key }];
  const address = addressOf(input);
  return [
    { name: 'sign-in-address', key: address },
    { name: 'sign-in-account', key },
    { name: 'sign-in-account-address', key: `${key}\u0000${address}` },
  ];
}

interface Seen {
  readonly deps: Deps;
  readonly input: SignIn;
  readonly loaded: LoadedAccount;
  readonly account: LivingAccount;
}

async function startSession(seen: Seen, method: PasswordMethod): Promise<SignedInAnswer> {
  const { deps, input, loaded, account } = seen;
  const closing = account.status === 'closing';
  const issued = await deps.vault.sessions.start({
    accountId: loaded.accountId,
    keyId: account.keyId,
    method: { kind: 'password', credentialId: method.credentialId },
    provedRevision: revisionOf(loaded),
    closing,
    at: deps.clock(),
    proof: 'password',
    device: input.from,
    told: 'signed-in',
  });
  return { ok: true, accountId: loaded.accountId, issued, closing };
}

function recordRefusal({ deps, input, loaded, account }: Seen): void {
  const entry = {
    accountId: loaded.accountId,
    keyId: account.keyId,
    kind: 'sign-in-refused' as const,
    at: deps.clock(),
    method: { kind: 'password' } as const,
    device: input.from,
  };
  inBackground(deps, 'recording-activity', () => deps.vault.activity.record(entry));
}

function upgradeHash(deps: Deps, input: SignIn, { credentialId }: Credential): void {
  inBackground(deps, 'upgrading-hash', async () => {
    const hash = await deps.passwords.hash(input.password, laneOf(input));
    await deps.vault.credentials.rehash(credentialId, hash);
  });
}
