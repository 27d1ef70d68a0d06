import type { NewAccount, PreparedAccount } from './new-account.ts';
import type { ActivityLog } from './vault-activity.ts';
import type { Census } from './vault-census.ts';
import type { LimitName, Limits } from './vault-limits.ts';
import type { Notices } from './vault-notices.ts';
import type { RoundTrips } from './vault-round-trips.ts';
import type { Sessions } from './vault-sessions.ts';
import type { Tokens } from './vault-tokens.ts';

export type { NewAccount, PreparedAccount } from './new-account.ts';
export { VaultFault } from './vault-fault.ts';
export type {
  IssuedSession,
  ListedSession,
  NewSession,
  Proof,
  ProofStrength,
  Session,
  SessionMethod,
  Sessions,
} from './vault-sessions.ts';

/**
 * What must be forgettable: data keys, password hashes, sessions, activity, one-time links, limits.
 * A small asynchronous port, so that a server database can stand behind it one day.
 * Every personal or secret column is sealed; ids, revisions and times stand in clear.
 */
export interface Vault {
  /** Random, made with the vault; the log's `installation` stream names it. */
  readonly vaultId: string;
  readonly keys: DataKeys;
  readonly credentials: Credentials;
  readonly sessions: Sessions;
  readonly activity: ActivityLog;
  readonly recoveries: Recoveries;
  readonly roundTrips: RoundTrips;
  readonly tokens: Tokens;
  readonly notices: Notices;
  readonly limits: Limits;
  readonly logHeads: LogHeads;
  readonly installationKeys: InstallationKeys;
  readonly census: Census;
  /**
   * Everything that an attempt to register by password needs here, before its event: durable together when this
   * resolves. Erasing the key takes the session away too. Throws `key-taken`.
   */
  prepareAccount(account: NewAccount): Promise<PreparedAccount>;
  /** Rows made by an attempt before this time that nobody has yet seen referenced by an event. */
  unsettled(before: Date, max: number): Promise<readonly UnsettledRow[]>;
  /** Marks rows as referenced, so that the sweeper does not look again. */
  settle(rows: readonly UnsettledRow[]): Promise<void>;
  /** Deletes every row of the account but its keys, and what these budgets counted, in one transaction. */
  forget(accountId: string, budgets: readonly { name: LimitName; key: string }[]): Promise<void>;
  /** Deletes what a copy must not revive: sessions, round trips, recovery links, tokens, the note of the log's end. Answers how many sessions. */
  voidAfterRestore(): Promise<number>;
  /** Removes what is over by its own bounds: sessions, activity of 90 days, links, limit windows. */
  prune(now: Date): Promise<void>;
  close(): Promise<void>;
}

/** AES-256-GCM under an account's data key, and in clear SHA-256(salt ‖ plaintext), the salt inside the seal. */
export interface SealedField {
  /** base64url of iv ‖ ciphertext ‖ tag; the plaintext begins with the 32-byte salt. */
  readonly sealed: string;
  /** base64url of SHA-256(salt ‖ plaintext). */
  readonly commitment: string;
}

export interface DataKey {
  /** `context` is bound in as additional data: stream ‖ 0x00 ‖ event id ‖ 0x00 ‖ field, or table ‖ row ‖ column. */
  seal(context: string, plaintext: string): SealedField;
  /** Throws the fault `seal-broken` on a wrong key, context or byte, and where the commitment does not match. */
  open(context: string, field: SealedField): string;
  /** The same with the salt, so that anybody can check the commitment: SHA-256(salt ‖ plaintext). */
  openWithSalt(context: string, field: SealedField): SaltedText;
}

export interface SaltedText {
  /** base64url of 32 bytes. */
  readonly salt: string;
  readonly text: string;
}

export interface DataKeys {
  /** A new key for one attempt. Durable when this resolves. */
  mint(key: { keyId: string; accountId: string; attemptId: string }): Promise<DataKey>;
  /** An erased key is a recorded state. A missing row is the fault `key-missing`, never taken for erased. */
  get(keyId: string): Promise<DataKey | 'erased'>;
  /** active → erasing (bytes overwritten) → erased once the write-ahead log was truncated. Idempotent; creates a record if none. */
  erase(keyId: string, accountId: string): Promise<void>;
  /** The same for every key of the account besides: those of attempts that never committed. */
  eraseAllOf(accountId: string, keyId?: string): Promise<void>;
  /** Which of these accounts have a key that was not erased. */
  livingOf(accountIds: readonly string[]): Promise<readonly string[]>;
  /** Finishes erasures a crash or a busy reader left half done; answers how many are still open. */
  finishErasures(): Promise<number>;
}

export interface Credential {
  readonly credentialId: string;
  readonly accountId: string;
  /** bcrypt string beside the id of the pre-hash key it was made under; see password-hasher.ts. */
  readonly hash: string;
  readonly prehashKeyId: string;
}

export interface Credentials {
  /** Durable when this resolves. `keyId`: the account's data key, which seals the hash. */
  put(credential: Credential & { keyId: string; attemptId: string }): Promise<void>;
  get(credentialId: string): Promise<Credential | undefined>;
  /** The same password hashed anew (a higher cost, a newer pre-hash key). Does nothing if the row is gone. */
  rehash(credentialId: string, hash: { hash: string; prehashKeyId: string }): Promise<void>;
  delete(credentialIds: readonly string[]): Promise<void>;
  deleteAllOf(accountId: string): Promise<void>;
  /** Some of those that an event once named, from anywhere in the middle on and around: what a sweep looks at. */
  sample(max: number): Promise<readonly Pick<Credential, 'credentialId' | 'accountId'>[]>;
}

/** One-time links that set a password, one hour long. */
export interface Recoveries {
  /** Voids the account's other links. Answers the token, 256 random bits; only its SHA-256 is stored. */
  make(accountId: string, at: Date): Promise<string>;
  find(token: string, at: Date): Promise<{ readonly accountId: string } | undefined>;
  /** True exactly once per link. */
  consume(token: string, at: Date): Promise<boolean>;
  deleteAllOf(accountId: string): Promise<void>;
}

/** The newest event of the log this vault has seen, at most 1 s behind. */
export interface LogHead {
  readonly logId: string;
  readonly stream: string;
  readonly revision: number;
  readonly chain: string;
}

export interface LogHeads {
  get(): Promise<LogHead | undefined>;
  put(head: LogHead): Promise<void>;
}

export interface InstallationKeys {
  /** The pre-hash key that new password hashes use. */
  currentPrehash(): Promise<{ readonly keyId: string; readonly key: Buffer }>;
  prehash(keyId: string): Promise<Buffer>;
  /** New password hashes use a new pre-hash key from now on; older ones stay while a hash names them. */
  renewPrehash(): Promise<{ readonly keyId: string }>;
  /** Signs with Ed25519; the public part is kept for ever. */
  sign(message: Uint8Array): Promise<{ readonly keyId: string; readonly signature: string }>;
  publicKeys(): Promise<readonly { readonly keyId: string; readonly publicKeyPem: string }[]>;
  /** Wraps every key with the newest master key; answers which old master keys nothing is wrapped by any more. */
  rotate(): Promise<{ readonly rewrapped: number; readonly unusedMasterKeyIds: readonly string[] }>;
}

export interface UnsettledRow {
  readonly kind: 'key' | 'credential';
  readonly id: string;
  readonly accountId: string;
  readonly attemptId: string;
}
