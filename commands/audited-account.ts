import type { Account } from '../domain/account/account.ts';
import type { AccountEvent } from '../domain/account/events.ts';
import { accountStream } from '../domain/streams.ts';
import { decodeAccountEvent } from '../eventstore/codec.ts';
import type { RecordedEvent } from '../eventstore/event-store.ts';
import type { Deps } from './deps.ts';
import type { RecordedLook } from './look-at-account.ts';

/** An event as auditors see it: its clear part and where it stands; the personal part stays closed. */
export interface AuditedEvent {
  readonly event: AccountEvent;
  readonly recorded: RecordedEvent;
}

export interface AuditedAccount {
  readonly accountId: string;
  readonly account: Account;
  /** Oldest first. */
  readonly events: readonly AuditedEvent[];
}

/** An event with its seals left shut: nothing that opens them is passed (docs/decisions/0014). */
export const auditedEvent = (recorded: RecordedEvent): AuditedEvent => ({
  event: decodeAccountEvent(recorded),
  recorded,
});

/** What an auditor may see of an account, for a look that is written down. No key is asked for. Throws Unavailable. */
export async function auditedAccount(
  { store, accounts }: Pick<Deps, 'store' | 'accounts'>,
  { accountId }: RecordedLook,
): Promise<AuditedAccount> {
  const { account } = await accounts.load(accountId);
  const events: AuditedEvent[] = [];
  for await (const recorded of store.read(accountStream(accountId))) {
    events.push(auditedEvent(recorded));
  }
  return { accountId, account, events };
}
