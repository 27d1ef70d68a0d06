import type { Account } from '../domain/account/account.ts';
import type { AccountEvent } from '../domain/account/events.ts';
import type { AccountRefusal } from '../domain/account/refusals.ts';
import type { Result } from '../domain/result.ts';
import type { DataKey, Session } from '../vault/vault.ts';
import type { LoadedAccount } from './load-account.ts';
import type { Cause } from './write-stream.ts';

/** One wish of one account. */
export interface AccountCommand {
  readonly accountId: string;
  readonly cause: Cause;
  /** The session that asks: it must still be alive, in stream and vault, at every fold before an append (H3). */
  readonly session?: Pick<Session, 'sessionId' | 'provedRevision'> | undefined;
  /** The rule needs personal values; it is not decided on `seen` then. */
  readonly opened?: boolean;
  /**
   * The account as this request's guard read it. An append may be decided on it, since one at an old head conflicts and is
   * decided anew; a refusal, or that nothing is to be done, is only ever said of a read made by the command itself.
   */
  readonly seen?: LoadedAccount | undefined;
  /** A new account: the first append expects no stream, and nothing is read before it. */
  readonly fresh?: boolean;
  readonly decide: (
    account: Account,
    attemptId: string,
  ) => Result<readonly AccountEvent[], AccountRefusal>;
  /** Writes the attempt's own vault rows, before the event that names them. Answers the key it minted, if any. */
  readonly prepare?: (attemptId: string) => Promise<DataKey | undefined>;
  /** Takes those rows away again; asked only where the attempt can never commit. */
  readonly abandon?: (attemptId: string) => Promise<void>;
}
