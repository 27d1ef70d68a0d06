import type { MethodRef, Origin } from '../domain/account/events.ts';
import type { ActivityKind } from './vault-activity.ts';

/** How a session was proved again: a password, a provider with a fresh auth_time, or less. */
export type ProofStrength = 'password' | 'strong' | 'weak';

/** The way in that opened a session; a password names its credential. */
export type SessionMethod =
  | { readonly kind: 'password'; readonly credentialId: string }
  | Extract<MethodRef, { kind: 'identity' }>;

/** A proof of presence: when, and what it was worth. */
export interface Proof {
  readonly at: Date;
  readonly how: ProofStrength;
  /** The one page that a weak proof is good for; nothing for any other proof. */
  readonly page?: string | null;
}

export interface Session {
  /** Stable for the session's life; everything that refers to a session binds to it. Safe to show. */
  readonly sessionId: string;
  readonly accountId: string;
  /** The account's data key, under which its device is sealed. */
  readonly keyId: string;
  readonly method: SessionMethod;
  /** Revision of the account the proof was checked against. */
  readonly provedRevision: number;
  /** Opened while the account was closing: may only cancel or finish the deletion. */
  readonly closing: boolean;
  readonly startedAt: Date;
  readonly lastSeenAt: Date;
  /** The last proof of presence and what it was worth; the sign-in itself counts if by password. */
  readonly reauthenticated: Proof | null;
}

/** A session as a page tells of it. */
export interface ListedSession extends Session {
  readonly device: Origin;
}

export interface NewSession {
  readonly accountId: string;
  /** Seals the device. */
  readonly keyId: string;
  readonly method: SessionMethod;
  readonly provedRevision: number;
  readonly closing: boolean;
  readonly at: Date;
  readonly proof: ProofStrength | null;
  readonly device: Origin;
  /** What the activity says of its beginning, in the same write; nothing where it is not given. */
  readonly told?: ActivityKind;
}

export interface IssuedSession {
  readonly sessionId: string;
  /** 256 random bits, base64url; only its SHA-256 is stored. */
  readonly token: string;
}

export interface Sessions {
  start(session: NewSession): Promise<IssuedSession>;
  /**
   * By token, idle and absolute limits applied against `at`. Opens no seal, but a session whose key was erased is
   * over. Says nothing of the account's state. Throws `key-missing`.
   */
  find(token: string, at: Date): Promise<Session | undefined>;
  /** Is there still such a session, within its limits? Says nothing of the account's state. */
  isAlive(sessionId: string, at: Date): Promise<boolean>;
  /** Records use; the caller does so at most once a minute. */
  touch(sessionId: string, at: Date): Promise<void>;
  /** A proof of presence: a new token, the old one is dead. Undefined if the session is gone. */
  reauthenticate(
    sessionId: string,
    proof: Proof & { readonly provedRevision: number },
  ): Promise<IssuedSession | undefined>;
  /** Takes a weak proof away again; true for the one submit that may use it (H4). */
  spendWeakProof(sessionId: string): Promise<boolean>;
  /**
   * After the account's own change ended all sessions: this one lives on, proved at the new revision, with a new token.
   * `proof` where the change itself asked for one; without it the last one stays.
   */
  reissue(
    sessionId: string,
    proved: { provedRevision: number; method: SessionMethod; proof?: Proof | undefined },
  ): Promise<IssuedSession | undefined>;
  /** The same where that change ended the account's other sessions too: their rows go in the same transaction. */
  reissueAlone(
    accountId: string,
    sessionId: string,
    proved: Parameters<Sessions['reissue']>[1],
  ): Promise<IssuedSession | undefined>;
  /** Newest first. */
  list(accountId: string, at: Date): Promise<readonly ListedSession[]>;
  /** True if there was one of this account to end. */
  end(accountId: string, sessionId: string): Promise<boolean>;
  /** Answers how many ended. */
  endAll(accountId: string, exceptSessionId?: string): Promise<number>;
}
