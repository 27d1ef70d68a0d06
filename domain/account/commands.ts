import type { EventOf, IdentityProfile, MethodRef, Origin, ProviderName, Role } from './events.ts';

/**
 * What a rule is asked. Keys are made, ids minted and times read before a command reaches its rule, so rules stay pure.
 * Every command that appends under claims or after a vault write carries the attempt it belongs to.
 */
interface Asked {
  /** ISO 8601, from the caller's clock. */
  readonly at: string;
  readonly from?: Origin | undefined;
}

/** Which providers are configured now; decides with suspension which ways in are usable. */
interface Configured {
  readonly configured: readonly ProviderName[];
}

/** What came of asking a provider to forget its consent. */
export type GrantOutcome = EventOf<'GrantRevoked'>['outcome'];

/** A value and its claim key. */
export interface KeyedValue {
  readonly value: string;
  readonly key: string;
}

export interface IdentityRef {
  readonly provider: ProviderName;
  readonly identityId: string;
}

export type FirstMethod =
  | { readonly kind: 'password'; readonly credentialId: string }
  | ({ readonly kind: 'identity'; readonly profile: IdentityProfile } & IdentityRef);

export interface RegisterUser extends Asked {
  readonly attemptId: string;
  readonly keyId: string;
  readonly email: KeyedValue | null;
  readonly username: KeyedValue;
  readonly name: string;
  readonly method: FirstMethod;
}

export interface ChangeProfile extends Asked {
  readonly name: string;
}

export interface ChangeEmail extends Asked {
  readonly attemptId: string;
  readonly email: KeyedValue;
}

export interface ChangeUsername extends Asked {
  readonly attemptId: string;
  readonly username: KeyedValue;
}

export interface SetPassword extends Asked {
  readonly attemptId: string;
  readonly credentialId: string;
}

/** `provedCredentialId`: the credential whose password was verified for this command. */
export interface ChangePassword extends SetPassword {
  readonly provedCredentialId: string;
}

/** Sets a password by a one-time recovery link: allowed while closing too; suspends every other way in. */
export type RecoverPassword = SetPassword;

export interface RemovePassword extends Asked, Configured {}

export interface LinkProvider extends Asked, IdentityRef {
  readonly attemptId: string;
  readonly profile: IdentityProfile;
  /** It comes from another account of the same person. */
  readonly moved?: true | undefined;
}

export interface UnlinkProvider extends Asked, Configured, IdentityRef {
  readonly reason: 'asked' | 'moved' | 'provider';
  /** What came of its consent, where that is known without asking anybody. */
  readonly grant?: Extract<GrantOutcome, 'unsupported'> | undefined;
}

export interface SuspendMethod extends Asked, IdentityRef {
  readonly reason: 'recovery' | 'provider';
}

/** Its provider says that the person took back what they allowed there. */
export interface CloseAtProvider extends Asked, Configured, IdentityRef {}

export interface RestoreMethod extends Asked, IdentityRef {
  /** A method its provider suspended comes back only by a new round trip there. */
  readonly proved: boolean;
}

export interface RefreshIdentity extends Asked, IdentityRef {
  /** As the provider says it now; of the same issuer and subject. */
  readonly profile: IdentityProfile;
}

export interface RecordGrantRevoked extends IdentityRef {
  readonly outcome: GrantOutcome;
}

export interface DeleteAccount extends Asked {
  /** ISO 8601; not after `at`: at once. */
  readonly eraseAt: string;
  /** The way in of the session that asks. */
  readonly method?: MethodRef | undefined;
}

export interface GrantRole extends Asked {
  readonly role: Role;
  /** The operator, by the name they gave. */
  readonly by?: string | undefined;
}

export type RevokeRole = GrantRole;

export type CancelDeletion = Asked;

/**
 * Ends a closing account: `asked` by its owner, with the name typed and a fresh proof; `due` when its days of grace are
 * over; `listed` where a restored log shows an account alive that was erased before.
 */
export interface FinishDeletion extends Asked {
  readonly why: 'asked' | 'due' | 'listed';
}
