import type { IdentityRef } from './commands.ts';
import type {
  AccountEvent,
  IdentityProfile,
  MethodRef,
  ProviderName,
  Role,
  Unopened,
} from './events.ts';

/** An e-mail or username the account owns: its claim key and the attempt that claimed it. */
export interface OwnedKey {
  readonly key: string;
  readonly attemptId: string;
}

export interface PasswordMethod {
  readonly kind: 'password';
  readonly credentialId: string;
  /** When this credential was set; a changed password is a new credential. */
  readonly addedAt: string;
}

export interface IdentityMethod {
  readonly kind: 'identity';
  readonly provider: ProviderName;
  readonly identityId: string;
  readonly attemptId: string;
  readonly addedAt: string;
  /** When it came here from another account; null for one that did not (H11). */
  readonly movedAt: string | null;
  /** Set while the way in is suspended, and by whom. */
  readonly suspended: 'recovery' | 'provider' | null;
  readonly profile: IdentityProfile | Unopened;
}

/** A way to sign in. */
export type Method = PasswordMethod | IdentityMethod;

export interface Profile {
  readonly email: string | null;
  readonly username: string;
  readonly name: string;
}

interface Held {
  /** Names the data key in the vault. */
  readonly keyId: string;
  readonly registeredAt: string;
  readonly email: OwnedKey | null;
  readonly username: OwnedKey;
  /** Closed when any event it came from was not opened. */
  readonly profile: Profile | Unopened;
  readonly methods: readonly Method[];
  readonly roles: readonly Role[];
  /** Identities that are no longer linked, and whose provider was not yet asked to forget its consent. */
  readonly grantsDue: readonly IdentityRef[];
  /** Revision of the last event that ends sessions proved before it; -1 when there is none. */
  readonly sessionsEndedAt: number;
}

export interface ActiveAccount extends Held {
  readonly status: 'active';
}

export interface ClosingAccount extends Held {
  readonly status: 'closing';
  readonly eraseAt: string;
  readonly deletionRequestedAt: string;
  /** The way in of the session that asked; null where the log does not say. */
  readonly deletionRequestedBy: MethodRef | null;
}

export interface DeletedAccount {
  readonly status: 'deleted';
  readonly keyId: string;
  readonly deletedAt: string;
  readonly sessionsEndedAt: number;
  /** What it owned when it was deleted, so that its claims can be released after a crash. */
  readonly owned: readonly OwnedClaim[];
  readonly grantsDue: readonly IdentityRef[];
}

/** No `UserRegistered` yet; the stream may already hold fences. */
export interface AbsentAccount {
  readonly status: 'absent';
}

export type LivingAccount = ActiveAccount | ClosingAccount;
export type Account = AbsentAccount | LivingAccount | DeletedAccount;

export type ClaimKind = 'email' | 'username' | 'identity';

/** A claim and the attempt of this account that holds it. */
export interface OwnedClaim extends OwnedKey {
  readonly kind: ClaimKind;
}

/** An event of the stream with what the fold needs beside it. */
export interface AccountFact {
  readonly event: AccountEvent;
  readonly revision: number;
  readonly at: string;
}
