import { accountStream } from '../domain/streams.ts';
import type { Account } from '../domain/account/account.ts';
import type { Deps } from './deps.ts';
import { historyEntry, type HistoryEntry } from './history-entry.ts';
import type { RecordedLook } from './look-at-account.ts';

/** An account as auditors see it: clear parts and where they stand; every personal part is closed. */
export interface AuditedAccount {
  readonly accountId: string;
  readonly account: Account;
  /** Oldest first. */
  readonly events: readonly HistoryEntry[];
}

/**
 * What an auditor may see of an account, for a look that is written down. Nothing that opens seals is passed, and no
 * key is asked for (docs/decisions/0014). Throws Unavailable, PoisonEvent.
 */
export async function auditedAccount(
  { store, accounts }: Pick<Deps, 'store' | 'accounts'>,
  { accountId }: RecordedLook,
): Promise<AuditedAccount> {
  const { account } = await accounts.load(accountId);
  const events: HistoryEntry[] = [];
  for await (const recorded of store.read(accountStream(accountId))) {
    events.push(historyEntry(recorded));
  }
  return { accountId, account, events };
}
