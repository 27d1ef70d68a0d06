import type { NewSession } from './vault-sessions.ts';
import type { Credential, DataKey, IssuedSession } from './vault.ts';

/** What an attempt to register by password puts into the vault before its event. */
export interface NewAccount {
  readonly accountId: string;
  readonly attemptId: string;
  readonly keyId: string;
  readonly credential: Omit<Credential, 'accountId'>;
  /** Nobody is signed in by it before the event stands: the guard asks the account's own stream. */
  readonly session: Omit<NewSession, 'accountId' | 'keyId'>;
}

export interface PreparedAccount {
  readonly key: DataKey;
  /** Not to be given away before the event stands. */
  readonly issued: IssuedSession;
}
